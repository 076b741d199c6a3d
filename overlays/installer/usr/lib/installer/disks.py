"""Reads the disks of this machine."""
import errno
import json
import os
import subprocess

import marker

COLUMNS = "NAME,PATH,SIZE,TYPE,RO,MODEL,VENDOR,SERIAL,FSTYPE,LABEL,UUID,PTTYPE,PARTTYPE,PARTUUID,PARTLABEL,MOUNTPOINTS,LOG-SEC"
LINKS = "/dev/disk/by-id", "/dev/disk/by-path"


# What is mounted, a process sees below its own root alone; the system's first process sees all.
SYSTEM = ["nsenter", f"--mount=/proc/{os.environ.get('INSTALL_SYSTEM', '1')}/ns/mnt"]


def listed():
    command = [*SYSTEM, "lsblk", "--json", "--bytes", "--output", COLUMNS]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["blockdevices"]


def held_by_kernel(path):
    "Whether a mount, swap, volume group or another program has the disk or a part of it for itself."
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_EXCL))
    except OSError as error:
        return error.errno == errno.EBUSY
    return False


def all_of(device):
    found = [device]
    for child in device.get("children", []):
        found += all_of(child)
    return found


def described(device, medium_uuid, links):
    """A disk as the plan wants it. `medium_uuid` tells the medium, which may have been copied to memory."""
    everything = all_of(device)
    mounts = [place for one in everything for place in one.get("mountpoints", []) if place]
    made = [one["path"] for one in everything if one["type"] not in ("disk", "part", "loop")]
    # A stick with answers is none to install on either.
    medium = "/run/live/medium" in mounts or "INGOT" in [one["label"] for one in everything]
    medium = medium or bool(medium_uuid) and medium_uuid in [one["uuid"] for one in everything]
    words = [str(device.get(key) or "").strip() for key in ("vendor", "model")]
    return {
        "name": device["name"],
        "path": device["path"],
        "size": device["size"] or 0,
        "model": " ".join(word for word in words if word),
        "serial": str(device.get("serial") or ""),
        "links": links.get(device["path"], []),
        "readOnly": bool(device["ro"]),
        "sectorBytes": device["log-sec"],
        "uses": sorted(set(mounts + made)) or (["another program"] if held_by_kernel(device["path"]) else []),
        "holds": held(device, everything),
        "medium": medium,
        "table": device.get("pttype") or "",
        "partitions": [partition_of(one) for one in device.get("children", []) if one["type"] == "part"],
        "failing": "",
        "unfinished": False,
    }


def partition_of(one):
    kept = {name: one[name] or "" for name in ("path", "fstype", "label", "parttype", "partuuid", "partlabel")}
    return {**kept, "size": one["size"], "used": bool([place for place in one.get("mountpoints", []) if place])}


def held(device, everything):
    """What is on a disk, in words that its owner knows."""
    found = []
    for one in everything:
        if one["fstype"]:
            found.append(f"{one['fstype']} \"{one['label']}\"" if one["label"] else one["fstype"])
        elif one["type"] == "part":
            found.append(f"a partition \"{one['partlabel']}\"" if one["partlabel"] else "a partition")
    return found or (["an empty partition table"] if device.get("pttype") else [])


def links_by_path():
    found = {}
    for folder in LINKS:
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            link = os.path.join(folder, name)
            found.setdefault(os.path.realpath(link), []).append(link)
    return found


def read_of(path, size):
    """A disk is read at its beginning, in its middle and at its end: whether that fails, and whether anything is there."""
    blank = True
    try:
        with open(path, "rb", buffering=0) as disk:
            for place in (0, size // 2 // 4096 * 4096, max(0, size - 2**20)):
                disk.seek(place)
                blank = not disk.read(2**20).strip(b"\0") and blank
            unfinished = marker.is_on(disk)
    except OSError as error:
        return {"failing": f"it cannot be read: {error.strerror}"}
    return {"unknown": not blank, "unfinished": unfinished}


def probed(path):
    """What libblkid finds on a disk; the system's own list may have nothing of it."""
    answer = subprocess.run(["blkid", "--probe", "--output", "export", path], capture_output=True, text=True).stdout
    values = dict(line.split("=", 1) for line in answer.splitlines() if "=" in line)
    return values.get("TYPE") or (f"a partition table of the kind {values['PTTYPE']}" if "PTTYPE" in values else "")


def disks(medium_uuid):
    links = links_by_path()
    kinds = [one for one in listed() if one["type"] in ("disk", "loop") and not one["name"].startswith(("zram", "ram", "fd"))]
    # Loops are what the live system mounts, unless they are asked for by a test.
    wanted = [one for one in kinds if one["type"] == "disk" or os.environ.get("INSTALL_ON_LOOPS")]
    found = [described(one, medium_uuid, links) for one in wanted]
    return [examined(disk) for disk in found if disk["size"]]


def examined(disk):
    found = read_of(disk["path"], disk["size"])
    holds = disk["holds"] or [word for word in [probed(disk["path"])] if word]
    if found.pop("unknown", False) and not holds:
        holds = ["data of an unknown kind"] if not found["unfinished"] else []
    return {**disk, "holds": holds, **found}
