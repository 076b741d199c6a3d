"""Carries out a plan: everything is prepared in memory, then systemd-repart writes the disk in one go."""
import glob
import json
import os
import shutil
import subprocess

import settings
from refusal import Refusal

# Where enter.sh has mounted things.
PLACE = "/run/ingot-install"
PARTS, TARGET, MEDIUM = f"{PLACE}/parts", f"{PLACE}/target", f"{PLACE}/medium"
MODELS = f"{MEDIUM}/models/models.erofs"
SHIM = f"{PLACE}/live/usr/lib/shim/shimx64.efi.signed"
MIB = 2**20


def run(*command, written=False, **options):
    ended = subprocess.run(command, capture_output=True, text=True, **options)
    if ended.returncode:
        last = "; ".join(ended.stderr.strip().splitlines()[-4:])
        raise Refusal("FAILED", f"{command[0]} ended with {ended.returncode}: {last}", written=written)
    return ended.stdout


def prepare(plan, image, answers):
    """The new root, the EFI system partition and the definitions, all in memory."""
    new = plan["new"]
    definitions = sorted(glob.glob(f"{TARGET}/usr/lib/repart.d/*.conf"))
    texts = ["etc/fstab", "etc/kernel/cmdline", "boot/grub/grub.cfg"]
    settings.replace_ids(TARGET, [*texts, *(path[len(TARGET) + 1 :] for path in definitions)], new)
    settings.apply(TARGET, image, answers)
    place_check(image)
    prepare_esp(image, new)
    write_definitions(plan, image)


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


def prepare_esp(image, new):
    """What the firmware starts: Debian's shim where the medium has it, which starts a signed loader under Secure Boot."""
    esp = f"{PLACE}/esp"
    shutil.copytree(f"{PARTS}/esp", esp)
    entries = glob.glob(f"{esp}/loader/entries/*.conf")
    settings.replace_ids(esp, [path[len(esp) + 1 :] for path in entries], new)
    loader = f"{TARGET}/usr/lib/systemd/boot/efi/systemd-bootx64.efi"
    loader = loader + ".signed" if os.path.exists(loader + ".signed") else loader
    for folder in ("BOOT", "systemd"):
        os.makedirs(f"{esp}/EFI/{folder}")
    shutil.copy(loader, f"{esp}/EFI/systemd/systemd-bootx64.efi")
    if os.path.exists(SHIM):
        # The shim starts what has this name beside it.
        shutil.copy(SHIM, f"{esp}/EFI/BOOT/BOOTX64.EFI")
        shutil.copy(loader, f"{esp}/EFI/BOOT/grubx64.efi")
    else:
        shutil.copy(loader, f"{esp}/EFI/BOOT/BOOTX64.EFI")


def content_of(part, plan, image):
    kernel, folder = image["kernel"], image["folder"]
    if part["role"] == "bios" and plan["disk"]["sectorBytes"] == 512 and os.path.exists(f"{PARTS}/bios"):
        return [f"CopyBlocks={PARTS}/bios/core.img"]
    if part["role"] == "esp":
        initramfs = os.path.basename(kernel["initramfs"])
        return [
            f"CopyFiles={PLACE}/esp:/",
            f"CopyFiles={TARGET}/{kernel['image']}:/{folder}/linux",
            f"CopyFiles={TARGET}/{kernel['initramfs']}:/{folder}/{initramfs}",
        ]
    if part["role"] == "models":
        whole = -(-os.path.getsize(MODELS) // MIB)
        size = [] if part["sizeMiB"] else [f"SizeMinBytes={whole}M", f"SizeMaxBytes={whole}M"]
        return [f"CopyBlocks={MODELS}", *size]
    # repart leaves out what may be the EFI system partition's place, and GRUB finds kernels there.
    return [f"CopyFiles={TARGET}:/", f"CopyFiles={TARGET}/boot:/boot"] if part["role"] == "root" else []


def write_definitions(plan, image):
    folder = f"{PLACE}/definitions"
    os.makedirs(folder)
    for index, part in enumerate(image["partitions"]):
        text = part["definition"].replace(part["uuid"], plan["new"][part["uuid"]])
        lines = content_of(part, plan, image)
        settings.write(folder, f"{index + 1:02}-{part['name']}.conf", text + "".join(f"{line}\n" for line in lines))


def repart(plan, dry):
    """systemd-repart with the recipe's definitions; the partition table is the last thing that it writes."""
    command = ["systemd-repart", "--empty=force", "--seed=random", f"--definitions={PLACE}/definitions", "--json=short"]
    environment = {**os.environ, "TMPDIR": PLACE, "SYSTEMD_LOG_LEVEL": "info"}
    answer = run(*command, f"--dry-run={'yes' if dry else 'no'}", plan["disk"]["path"], written=not dry, env=environment)
    return json.loads(answer)


def write_boot_code(path):
    """GRUB's first sector, before the partition table in it."""
    with open(f"{PARTS}/bios/boot.img", "rb") as file:
        code = file.read()
    with open(path, "r+b", buffering=0) as disk:
        sector = disk.read(512)
        disk.seek(0)
        disk.write(code + sector[len(code) :])
        os.fsync(disk.fileno())


def install(plan, image, answers, tell):
    prepare(plan, image, answers)
    partitions = repart(plan, dry=True)
    tell("writing", f"from here on the old content of {plan['disk']['path']} is lost")
    repart(plan, dry=False)
    if plan["disk"]["sectorBytes"] == 512 and os.path.exists(f"{PARTS}/bios/boot.img"):
        write_boot_code(plan["disk"]["path"])
    run("sync", written=True)
    return partitions
