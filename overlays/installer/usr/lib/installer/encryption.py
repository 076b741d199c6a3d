"""Encrypts what belongs to the machine's owner: LUKS2 by systemd-repart, opened in the initramfs of the new system."""
import glob
import hashlib
import hmac
import os
import re
import shutil
import uuid

import settings
from program import run
from refusal import Refusal

PLACE = "/run/ingot-install"
TARGET, STAGED, KEY = f"{PLACE}/target", f"{PLACE}/esp", f"{PLACE}/key"
# Models are the same for everybody, and the firmware reads the EFI system partition.
ROLES = ("root", "data", "swap")
# What a kernel's start needs of the machine around it.
MOUNTED = ("dev", "proc", "sys")


def hindrance(firmware):
    """Why this system cannot be encrypted on this machine; empty if it can."""
    if firmware != "uefi":
        return "a BIOS starts no encrypted disk, as the kernel is on it"
    if not os.path.exists("/usr/lib/systemd/systemd-cryptsetup"):
        return "the image lacks systemd-cryptsetup, which its feature encryption brings"
    return ""


def luks_uuid(partition):
    """Of the LUKS2 header, as systemd-repart derives it from the partition's own id (derive_uuid in its repart.c)."""
    digest = hmac.new(uuid.UUID(partition).bytes, b"luks-uuid", hashlib.sha256).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def partitions_of(image, new):
    """The partitions that are encrypted, by name: their ids on this machine."""
    return {part["name"]: new[part["uuid"]] for part in image["partitions"] if part["role"] in ROLES}


def words(encryption):
    """What systemd-repart is told besides the definitions."""
    with open(KEY, "w", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(encryption["passphrase"])
    # The state of Secure Boot: another kernel changes nothing about it.
    tpm2 = ["--tpm2-device=auto", "--tpm2-pcrs=7"] if encryption.get("tpm2") else []
    return [f"--key-file={KEY}", *tpm2]


def definition(part, encryption):
    """The line of a partition's definition; none for a partition that everybody may read."""
    if not encryption or part["role"] not in ROLES:
        return []
    return ["Encrypt=key-file+tpm2" if encryption.get("tpm2") else "Encrypt=key-file"]


def prepare_root(image, new, encryption):
    """Names of mapped devices instead of partitions, and an initramfs that opens them."""
    parts = partitions_of(image, new)
    replace(TARGET, ["etc/fstab", "etc/kernel/cmdline"], parts, encryption)
    shutil.copy(f"{PLACE}/program/encrypted/60-encryption.conf", f"{TARGET}/etc/dracut.conf.d/60-encryption.conf")
    make_initramfs(image["kernel"])


def prepare_entries(image, new, encryption):
    entries = [path[len(STAGED) + 1 :] for path in glob.glob(f"{STAGED}/loader/entries/*.conf")]
    replace(STAGED, entries, partitions_of(image, new), encryption)


def replace(folder, paths, parts, encryption):
    opened = [f"rd.luks.name={luks_uuid(partition)}={name}" for name, partition in parts.items()]
    opened += ["rd.luks.options=tpm2-device=auto"] if encryption.get("tpm2") else []
    for path in paths:
        text = settings.read(folder, path)
        for name, partition in parts.items():
            text = re.sub(rf"\broot=PARTUUID={partition}\b", " ".join([f"root=/dev/mapper/{name}", *opened]), text)
            text = text.replace(f"PARTUUID={partition}", f"/dev/mapper/{name}")
            # It has its whole size already, and systemd-growfs could not resize it without its key.
            text = re.sub(rf"(?m)^(/dev/mapper/{name} .*)\bx-systemd\.growfs\b", r"\1rw", text)
        settings.write(folder, path, text)


def make_initramfs(kernel):
    version = re.sub(r"^.*?vmlinuz-", "", kernel["image"])
    mounted = []
    try:
        for folder in MOUNTED:
            run("mount", "--bind", f"/{folder}", f"{TARGET}/{folder}")
            mounted.append(f"{TARGET}/{folder}")
        settings.within(TARGET, "dracut", "--quiet", "--force", f"/{kernel['initramfs']}", version)
    finally:
        # All of the tree is copied to the disk.
        for path in reversed(mounted):
            run("umount", path)


def add_recovery_key(image, new, nodes):
    """A second key for every encrypted partition, made by systemd-cryptenroll; returned to be written down.

    `nodes` are the partitions' device nodes by their ids: udev may make its links much later.
    """
    key = ""
    # The root's first: the key that is made for it opens the others too.
    for name, partition in sorted(partitions_of(image, new).items(), key=lambda one: one[0] != "root"):
        found = run("blkid", "--probe", "--match-tag", "UUID", "--output", "value", nodes[partition], written=True).strip()
        if found != luks_uuid(partition):
            raise Refusal("FAILED", f"the partition {name} has the LUKS id {found}, and is started by {luks_uuid(partition)}", written=True)
        how = ["--password"] if key else ["--recovery-key"]
        said = run("systemd-cryptenroll", *how, f"--unlock-key-file={KEY}", nodes[partition], written=True, env={**os.environ, "NEWPASSWORD": key})
        key = key or said.strip().splitlines()[-1]
    os.unlink(KEY)
    return key
