"""Decides what an installation would do. Pure: facts and answers in, a plan or a refusal out."""
import uuid

from refusal import Refusal

MIB = 2**20
# What a file system takes besides its files: tables, a log, and room to start in.
SLACK = 1.15
ROOM_MIB = 256
SMALLEST_DATA_MIB = 512
ESP = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"


def offered(disks):
    """The disks that may be chosen: never the medium, nothing that cannot hold a system."""
    return [disk for disk in disks if not disk["medium"]]


def size_text(size):
    for unit, factor in (("TiB", 2**40), ("GiB", 2**30), ("MiB", 2**20)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def needed_mib(image, models_bytes):
    """What each partition takes at the least."""
    root = int(image["rootBytes"] * SLACK / MIB) + ROOM_MIB
    least = {"models": -(-models_bytes // MIB), "root": root, "data": SMALLEST_DATA_MIB}
    return {part["name"]: part["sizeMiB"] or least.get(part["role"], 0) for part in image["partitions"]}


def chosen(disks, name):
    """The disk that is meant: by path, link, name or serial number; `only` is the one that there is."""
    there = offered(disks)
    names = ", ".join(disk["path"] for disk in there) or "none"
    if name is None:
        raise Refusal("ANSWERS_INVALID", "no disk is named", f"disk is one of {names}; only stands for the one that there is")
    if name == "only":
        if len(there) == 1:
            return there[0]
        raise Refusal("DISK_UNFIT", f"there are {len(there)} disks, and disk is only", f"name one of {names}")
    for disk in disks:
        if name in (disk["path"], disk["name"], disk["serial"], *disk["links"]):
            return disk
    raise Refusal("DISK_UNFIT", f"there is no disk {name}", f"there are {names}")


def refuse_disk(disk):
    """What refuses a disk, in one form."""
    def refuse(why, hint):
        raise Refusal("DISK_UNFIT", f"{disk['path']} {why}", hint)

    return refuse


def assert_fit(disk, image, models_bytes, firmware):
    """Refuses a disk that must not or cannot take the system, whatever is answered."""
    refuse = refuse_disk(disk)
    if disk["medium"]:
        refuse("is the medium that this system was started from", "name another disk")
    if disk["readOnly"]:
        refuse("is read-only", "name another disk; cards have a switch for it")
    if disk["uses"]:
        refuse(f"is in use ({', '.join(disk['uses'])})", "end that first: umount, swapoff, close volume groups")
    if disk["failing"]:
        refuse(f"is failing: {disk['failing']}", "take another disk, and save what is on this one")
    if firmware not in image["firmware"]:
        refuse(f"would not start: this machine starts by {firmware}, the system by {' and '.join(image['firmware'])}",
               "switch the firmware's mode, if it has one")
    if firmware == "bios" and disk["sectorBytes"] != 512:
        refuse(f"has sectors of {disk['sectorBytes']} bytes, and no BIOS starts from those", "start the machine by UEFI")
    needed = (sum(needed_mib(image, models_bytes).values()) + 2) * MIB
    if disk["size"] < needed:
        refuse(f"has {size_text(disk['size'])}, and the system needs {size_text(needed)}", "take a larger disk")


def esp_of(disk):
    """The partition from which the firmware starts what is on the disk already."""
    return next((one for one in disk["partitions"] if one["parttype"] == ESP and one["fstype"] == "vfat"), None)


def assert_room(disk, image, machine):
    """Refuses a disk that has no room beside what is on it."""
    refuse = refuse_disk(disk)
    if machine["firmware"] != "uefi":
        refuse("cannot keep what is on it: a BIOS starts one system of a disk", "start the machine by UEFI, or take another disk")
    if disk["table"] != "gpt":
        refuse(f"cannot keep what is on it: its partition table is {disk['table'] or 'missing'}, not gpt", "take another disk")
    if not esp_of(disk):
        refuse("cannot keep what is on it: it has no EFI system partition to share", "take another disk")
    needed = needed_mib(image, machine["modelsBytes"])
    shared = [part["name"] for part in image["partitions"] if part["role"] in ("bios", "esp")]
    wanted = (sum(size for name, size in needed.items() if name not in shared) + 2) * MIB
    free = disk["size"] - sum(one["size"] for one in disk["partitions"])
    if free < wanted:
        refuse(f"has {size_text(free)} that no partition takes, and the system needs {size_text(wanted)}", "make a partition smaller first")


def lost(disk, image):
    """What would be lost. A disk that an installation was begun on has nothing, unless somebody used it since."""
    parts = [part["name"] for part in image["partitions"]]
    own = disk["unfinished"] and [one["partlabel"] for one in disk["partitions"]] == parts
    return [] if own else disk["holds"]


def assert_confirmed(disk, image, answers):
    """A disk with data is erased only when its name is given once more."""
    if not lost(disk, image) or answers["keep"]:
        return
    if answers["erase"] in (disk["path"], disk["name"], disk["serial"], *disk["links"]):
        return
    wrong = f", and erase names {answers['erase']}" if answers["erase"] else ""
    held = ", ".join(disk["holds"])
    raise Refusal("CONFIRMATION_MISSING", f"{disk['path']} is not empty: {held}{wrong}", f"erase: {disk['name']} allows that all of it is lost")


def plan(image, disks, answers, machine):
    """All that will happen, as plain values. `new` has the id that each partition of this machine will have."""
    disk = chosen(disks, answers["disk"])
    assert_fit(disk, image, machine["modelsBytes"], machine["firmware"])
    assert_settings(answers, machine)
    assert_encryption(answers, machine)
    assert_confirmed(disk, image, answers)
    if answers["keep"]:
        assert_room(disk, image, machine)
    needed = needed_mib(image, machine["modelsBytes"])
    minimum = image["minimum"].get("diskMiB", 0) * MIB
    small = disk["size"] < minimum
    return {
        "image": f"{image['name']} {image['version']}",
        "disk": {key: disk[key] for key in ("path", "name", "model", "serial", "size", "sectorBytes", "holds")},
        "lost": [] if answers["keep"] else lost(disk, image),
        "kept": disk["partitions"] if answers["keep"] else [],
        "firmware": machine["firmware"],
        "partitions": [
            {"name": part["name"], "role": part["role"], "mount": part["mount"], "atLeastMiB": needed[part["name"]]}
            for part in made_of(image, answers["keep"])
        ],
        "new": new_ids(image, esp_of(disk) if answers["keep"] else None),
        "settings": settings_of(answers, image),
        "after": answers["after"],
        "warnings": [f"the disk has {size_text(disk['size'])}; {size_text(minimum)} are recommended at least"] if small else [],
    }


def made_of(image, keep):
    """The partitions that are made; beside another system its EFI system partition serves both."""
    return [part for part in image["partitions"] if not (keep and part["role"] in ("bios", "esp"))]


def new_ids(image, esp):
    """The id that each partition of the image has on this machine; a shared one has its own already."""
    return {part["uuid"]: esp["partuuid"] if esp and part["role"] == "esp" else str(uuid.uuid4()) for part in image["partitions"]}


def settings_of(answers, image):
    """What the new system will be, without secrets."""
    user = answers["user"]
    names = ("hostname", "locale", "keymap", "timezone")
    return {
        **{name: answers[name] for name in names if answers[name]},
        "user": user.get("name") or image.get("user"),
        "password": "passwordHash" in user or "password" in user,
        "encryption": encryption_text(answers["encryption"]),
        "keys": len(answers["sshKeys"]) + len(user.get("sshKeys", [])),
    }


def encryption_text(encryption):
    """What opens the disk, without the secret."""
    if not encryption:
        return "none"
    return "passphrase, recovery key" + (", this machine's TPM" if encryption.get("tpm2") else "")


def assert_encryption(answers, machine):
    """Refuses encryption that this machine could not start from."""
    if not answers["encryption"]:
        return
    if machine["noEncryption"]:
        raise Refusal("ANSWERS_INVALID", f"the disk cannot be encrypted: {machine['noEncryption']}", "leave encryption out")
    if answers["encryption"].get("tpm2") and not machine["tpm2"]:
        raise Refusal("ANSWERS_INVALID", "encryption.tpm2 is true, and this machine has no TPM 2.0", "switch it on in the firmware, or leave tpm2 out")


def assert_settings(answers, machine):
    """Refuses settings that the new system would not take."""
    for name, known in (("locale", machine["locales"]), ("timezone", machine["timezones"])):
        value = answers[name]
        if value and value not in known:
            near = [one for one in known if one.lower().startswith(value[:2].lower())][:8] or known[:8]
            raise Refusal("ANSWERS_INVALID", f"{name} {value} is not on the image", f"there are {', '.join(near)}")
