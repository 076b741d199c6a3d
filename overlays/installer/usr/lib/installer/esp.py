"""What the firmware starts: the tree of the EFI system partition, of this system's own or shared with another."""
import glob
import os
import re
import shutil
import subprocess

import settings
from refusal import Refusal

PLACE = "/run/ingot-install"
PARTS, TARGET, STAGED, SHARED = (f"{PLACE}/{name}" for name in ("parts", "target", "esp", "shared"))
SHIM = f"{PLACE}/live/usr/lib/shim/shimx64.efi.signed"
MIB = 2**20


def stage(image, new, keep):
    """All of it, but for a kernel beside another system's. Debian's shim, where the medium has it, starts a signed loader under Secure Boot."""
    shutil.copytree(f"{PARTS}/esp", STAGED)
    loader = f"{TARGET}/usr/lib/systemd/boot/efi/systemd-bootx64.efi"
    loader = loader + ".signed" if os.path.exists(loader + ".signed") else loader
    folders = {"BOOT": "BOOTX64.EFI", own_folder(image): "shimx64.efi"}
    for folder, first in folders.items():
        os.makedirs(f"{STAGED}/EFI/{folder}")
        shim = os.path.exists(SHIM)
        shutil.copy(SHIM if shim else loader, f"{STAGED}/EFI/{folder}/{first}")
        if shim:
            # What the shim starts has this name, beside it.
            shutil.copy(loader, f"{STAGED}/EFI/{folder}/grubx64.efi")
    if not keep:
        os.makedirs(f"{STAGED}/EFI/systemd")
        shutil.copy(loader, f"{STAGED}/EFI/systemd/systemd-bootx64.efi")
        # repart copies no file for a second partition that is below what another one is made of.
        add_kernel(image, STAGED)
    entries = glob.glob(f"{STAGED}/loader/entries/*.conf")
    settings.replace_ids(STAGED, [path[len(STAGED) + 1 :] for path in entries], new)


def own_folder(image):
    return image["token"]


def kernel_files(image):
    """Where the kernel and its initramfs are, and where they go."""
    kernel, folder = image["kernel"], image["folder"]
    initramfs = os.path.basename(kernel["initramfs"])
    return {f"{folder}/linux": f"{TARGET}/{kernel['image']}", f"{folder}/{initramfs}": f"{TARGET}/{kernel['initramfs']}"}


def renamed(image, shared):
    """The image with a name for its entries that the other system's partition does not have yet."""
    token = image["token"]
    taken = {name.lower() for name in os.listdir(shared)} | {name.lower() for name in listed(f"{shared}/EFI")}
    number = 1
    while (name := token if number == 1 else f"{token}-{number}").lower() in taken:
        number += 1
    if name == token:
        return image
    settings.write(TARGET, "etc/kernel/entry-token", f"{name}\n")
    return {**image, "token": name, "folder": image["folder"].replace(token, name, 1), "oldToken": token}


def rename_entries(image):
    """Entries staged under the image's own name get that of this machine."""
    old, name = image.get("oldToken"), image["token"]
    for path in glob.glob(f"{STAGED}/loader/entries/*.conf") if old else []:
        text = re.sub(rf"(?m)^(linux|initrd) /{re.escape(old)}/", rf"\1 /{name}/", settings.read("", path))
        os.unlink(path)
        settings.write(os.path.dirname(path), name + os.path.basename(path)[len(old) :], text)


def listed(folder):
    return os.listdir(folder) if os.path.isdir(folder) else []


def mount_shared(esp):
    os.makedirs(SHARED, exist_ok=True)
    ended = subprocess.run(["mount", esp["path"], SHARED], capture_output=True, text=True)
    if ended.returncode:
        raise Refusal("DISK_UNFIT", f"{esp['path']} cannot be mounted: {ended.stderr.strip()}")
    return SHARED


def assert_space(image, esp):
    free = shutil.disk_usage(SHARED).free
    wanted = sum(os.path.getsize(path) for path in kernel_files(image).values()) * 2 + 8 * MIB
    if free < wanted:
        said = f"{esp['path']} has {free // MIB} MiB free, and two kernels need {wanted // MIB} MiB"
        raise Refusal("DISK_UNFIT", said, "the EFI system partition of the other system is too small to be shared")


def copy_missing(folder):
    """Files of the staged tree that the shared partition has not; those of the other system stay as they are."""
    for path, _, names in os.walk(f"{STAGED}/{folder}"):
        inner = path[len(STAGED) + 1 :]
        os.makedirs(f"{SHARED}/{inner}", exist_ok=True)
        for name in names:
            if not os.path.exists(f"{SHARED}/{inner}/{name}"):
                shutil.copyfile(f"{path}/{name}", f"{SHARED}/{inner}/{name}")


def add_kernel(image, folder):
    for to, path in kernel_files(image).items():
        os.makedirs(os.path.dirname(f"{folder}/{to}"), exist_ok=True)
        shutil.copyfile(path, f"{folder}/{to}")


def add_system(image):
    """The kernel and the loader, which nothing starts before there is an entry."""
    add_kernel(image, SHARED)
    copy_missing(f"EFI/{own_folder(image)}")
    subprocess.run(["sync", "--file-system", SHARED], check=True)


def add_entries():
    """What makes the new system one that can be started."""
    copy_missing("loader")
    if not os.path.exists(f"{SHARED}/EFI/BOOT/BOOTX64.EFI"):
        copy_missing("EFI/BOOT")
    subprocess.run(["sync", "--file-system", SHARED], check=True)
    subprocess.run(["umount", SHARED], check=True)


def register(image, disk, number):
    """An entry of the firmware's own, the first in order; without one it starts EFI/BOOT, as from a stick."""
    label = f"{image['name']} {image['version']}" + ("" if "oldToken" not in image else f" ({image['token']})")
    there = subprocess.run(["efibootmgr"], capture_output=True, text=True).stdout
    for name in re.findall(rf"(?m)^Boot([0-9A-F]{{4}})\*? {re.escape(label)}\t", there):
        subprocess.run(["efibootmgr", "--quiet", "--delete-bootnum", "--bootnum", name])
    loader = f"\\EFI\\{own_folder(image)}\\shimx64.efi"
    command = ["efibootmgr", "--quiet", "--create", "--disk", disk, "--part", str(number), "--label", label, "--loader", loader]
    return subprocess.run(command, capture_output=True, text=True).returncode == 0
