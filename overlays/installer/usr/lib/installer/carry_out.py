"""Carries out a plan: everything is prepared in memory, then systemd-repart writes the disk in one go."""
import fcntl
import glob
import json
import os
import re
import shutil
import subprocess

import encryption
import esp
import marker
import settings
from program import run
from refusal import Refusal

# Where enter.sh has mounted things.
PLACE = "/run/ingot-install"
PARTS, TARGET, MEDIUM = f"{PLACE}/parts", f"{PLACE}/target", f"{PLACE}/medium"
MODELS = f"{MEDIUM}/models/models.erofs"
MIB = 2**20


def prepare(plan, image, answers):
    """The new root, the EFI system partition and the definitions, all in memory. The image as it is named here."""
    new, keep = plan["new"], answers["keep"]
    definitions = sorted(glob.glob(f"{TARGET}/usr/lib/repart.d/*.conf"))
    if keep:
        shared = next(one for one in plan["kept"] if one["partuuid"] in new.values())
        image = esp.renamed(image, esp.mount_shared(shared))
        esp.assert_space(image, shared)
        # They would take the other system's partitions for the image's own, and change them.
        for path in definitions:
            os.unlink(path)
    texts = ["etc/fstab", "etc/kernel/cmdline", "boot/grub/grub.cfg"]
    settings.replace_ids(TARGET, [*texts, *(path[len(TARGET) + 1 :] for path in definitions)], new)
    settings.apply(TARGET, image, answers)
    encrypted = answers["encryption"]
    if encrypted:
        encryption.prepare_root(image, new, encrypted)
    place_check(image)
    esp.stage(image, new, keep)
    if encrypted:
        encryption.prepare_entries(image, new, encrypted)
    esp.rename_entries(image)
    write_definitions(plan, image, encrypted)
    return image


def place_check(image):
    """What checks the new system at its first start; it is no part of the image."""
    folder = f"{TARGET}/usr/lib/installed-check"
    shutil.copytree(f"{PLACE}/program/installed", folder)
    unit = "installed-check.service"
    os.rename(f"{folder}/{unit}", f"{TARGET}/etc/systemd/system/{unit}")
    wants = f"{TARGET}/etc/systemd/system/multi-user.target.wants"
    os.makedirs(wants, exist_ok=True)
    os.symlink(f"/etc/systemd/system/{unit}", f"{wants}/{unit}")
    kept = {key: image.get(key) for key in ("name", "version", "models", "port")}
    settings.write(folder, "image.json", json.dumps(kept))


def content_of(part, plan, image):
    if part["role"] == "bios" and plan["disk"]["sectorBytes"] == 512 and os.path.exists(f"{PARTS}/bios"):
        return [f"CopyBlocks={PARTS}/bios/core.img"]
    if part["role"] == "esp":
        return [f"CopyFiles={esp.STAGED}:/"]
    if part["role"] == "models":
        whole = -(-os.path.getsize(MODELS) // MIB)
        size = [] if part["sizeMiB"] else [f"SizeMinBytes={whole}M", f"SizeMaxBytes={whole}M"]
        return [f"CopyBlocks={MODELS}", *size]
    # repart leaves out what may be the EFI system partition's place, and GRUB finds kernels there.
    return [f"CopyFiles={TARGET}:/", f"CopyFiles={TARGET}/boot:/boot"] if part["role"] == "root" else []


def write_definitions(plan, image, encrypted):
    """Those of the image; before them one for each partition that is kept, so that repart takes none for the image's."""
    folder = f"{PLACE}/definitions"
    os.makedirs(folder)
    for number, kept in enumerate(plan["kept"]):
        size = f"SizeMinBytes={kept['size']}\nSizeMaxBytes={kept['size']}\n"
        settings.write(folder, f"00-kept-{number:03}.conf", f"[Partition]\nType={kept['parttype']}\n{size}Weight=0\n")
    made = {part["name"] for part in plan["partitions"]}
    for number, part in enumerate(image["partitions"]):
        if part["name"] not in made:
            continue
        text = part["definition"].replace(part["uuid"], plan["new"][part["uuid"]])
        lines = content_of(part, plan, image) + encryption.definition(part, encrypted)
        settings.write(folder, f"{number + 1:02}-{part['name']}.conf", text + "".join(f"{line}\n" for line in lines))


def repart(plan, words, dry):
    """systemd-repart with these definitions; the partition table is the last thing that it writes."""
    empty = "refuse" if plan["kept"] else "force"
    command = ["systemd-repart", f"--empty={empty}", "--seed=random", "--discard=no", f"--definitions={PLACE}/definitions", "--json=short", *words]
    environment = {**os.environ, "TMPDIR": PLACE, "SYSTEMD_LOG_LEVEL": "info"}
    answer = run(*command, f"--dry-run={'yes' if dry else 'no'}", plan["disk"]["path"], written=not dry, env=environment)
    partitions = json.loads(answer)
    changed = [one for one in partitions if one["file"].startswith(f"{PLACE}/definitions/00-kept") and one["activity"] != "unchanged"]
    if dry and changed:
        raise Refusal("FAILED", f"repart would change what is to be kept: {json.dumps(changed)}")
    return partitions


def write_boot_code(path):
    """GRUB's first sector, before the partition table in it."""
    with open(f"{PARTS}/bios/boot.img", "rb") as file:
        code = file.read()
    with open(path, "r+b", buffering=0) as disk:
        sector = disk.read(512)
        disk.seek(0)
        disk.write(code + sector[len(code) :])
        os.fsync(disk.fileno())


def alone():
    """Questions may be asked on the screen and on the serial line at once; one of them installs."""
    lock = open("/run/ingot-install.lock", "w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Refusal("BUSY", "an installation is under way already, on another screen or line") from error
    return lock


def install(plan, image, answers, tell):
    lock = alone()
    disk, keep = plan["disk"]["path"], answers["keep"]
    image = prepare(plan, image, answers)
    encrypted = answers["encryption"]
    words = encryption.words(encrypted) if encrypted else []
    partitions = repart(plan, words, dry=True)
    tell("writing", f"from here on {'the disk is changed' if keep else f'the old content of {disk} is lost'}")
    if keep:
        esp.add_system(image)
        written = repart(plan, words, dry=False)
        show_recovery_key(plan, image, encrypted, written, tell)
        esp.add_entries()
    else:
        # Not every disk can do it, and none has to.
        subprocess.run(["blkdiscard", "--force", disk], capture_output=True)
        marker.write(disk)
        written = repart(plan, words, dry=False)
        show_recovery_key(plan, image, encrypted, written, tell)
        if plan["disk"]["sectorBytes"] == 512 and os.path.exists(f"{PARTS}/bios/boot.img"):
            write_boot_code(disk)
        run("sync", written=True)
        marker.remove(disk)
    if plan["firmware"] == "uefi" and not esp.register(image, disk, number_of_esp(plan, image)):
        tell("warning", "the firmware took no entry; it starts the disk as it starts a stick")
    lock.close()
    return partitions


def show_recovery_key(plan, image, encrypted, written, tell):
    if encrypted:
        key = encryption.add_recovery_key(image, plan["new"], {one["uuid"]: one["node"] for one in written})
        tell("recovery-key", f"write this recovery key down; it opens the disk as the passphrase does: {key}")


def number_of_esp(plan, image):
    """Of the kept partition, as its path ends; of a new one by its place."""
    if plan["kept"]:
        shared = next(one for one in plan["kept"] if one["partuuid"] in plan["new"].values())
        return re.search(r"\d+$", shared["path"]).group()
    return next(number for number, part in enumerate(image["partitions"], 1) if part["role"] == "esp")
