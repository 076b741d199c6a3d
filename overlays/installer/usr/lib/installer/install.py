"""Installs this image on a disk: the command ingot-install."""
import argparse
import json
import os
import subprocess
import sys

import answers as answer_rules
import carry_out
import dialogue
import disks as disk_reader
import encryption
import plan as planner
from refusal import STATUS, Refusal

PLACE = carry_out.PLACE


def read_json(path, what):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise Refusal("ANSWERS_INVALID", f"{what} {path} cannot be read: {error}") from error


def machine():
    """What else the plan needs to know of this machine and of the image."""
    with open("/usr/share/zoneinfo/tzdata.zi", encoding="utf-8") as file:
        zones = [line.split()[2 if line[0] == "L" else 1] for line in file if line[0] in "LZ"]
    locales = subprocess.run(["locale", "--all-locales"], capture_output=True, text=True).stdout.split()
    firmware = "uefi" if os.path.isdir("/sys/firmware/efi") else "bios"
    return {
        "firmware": firmware,
        "noEncryption": encryption.hindrance(firmware),
        "tpm2": os.path.exists("/dev/tpmrm0"),
        "modelsBytes": os.path.getsize(carry_out.MODELS),
        "locales": [*locales, *(name.replace(".utf8", ".UTF-8") for name in locales)],
        "timezones": sorted(zones),
    }


def medium_uuid():
    command = ["findmnt", "--noheadings", "--output", "UUID", "/run/live/medium"]
    return subprocess.run([*disk_reader.SYSTEM, *command], capture_output=True, text=True).stdout.strip()


def parse(words):
    parser = argparse.ArgumentParser(prog="ingot-install", description=__doc__)
    parser.add_argument("disk", nargs="?", help="the disk, as /dev/nvme0n1; without it you are asked")
    parser.add_argument("--answers", metavar="FILE", help="JSON with all answers; nobody is asked then")
    parser.add_argument("--erase", metavar="NAME", help="allows that everything on the disk of this name is lost")
    parser.add_argument("--keep", action="store_true", help="leaves what is on the disk, and installs beside it")
    parser.add_argument("--dry-run", action="store_true", help="prints what would happen, and writes nothing")
    parser.add_argument("--list", action="store_true", help="prints the disks")
    parser.add_argument("--json", action="store_true", help="prints JSON")
    return parser.parse_args(words)


def main(words):
    options = parse(words)

    steps = []

    def tell(step, text):
        steps.append(step)
        print(json.dumps({"step": step, "text": text}) if options.json else text, flush=True)

    try:
        image = read_json(f"{PLACE}/parts/image.json", "the medium's")
        found = disk_reader.disks(medium_uuid())
        if options.list:
            print(json.dumps(found) if options.json else listing(found))
            return 0
        facts = machine()
        asked = not options.answers and not options.disk and sys.stdin.isatty()
        terminal = dialogue.Terminal()
        if asked:
            given = dialogue.ask_all(terminal, image, found, facts)
        else:
            given = read_json(options.answers, "the answers") if options.answers else {}
        flags = {"disk": options.disk, "erase": options.erase, "keep": options.keep}
        given = {**given, **{name: value for name, value in flags.items() if value}}
        answers = answer_rules.checked(given)
        decided = planner.plan(image, found, answers, facts)
        if options.dry_run:
            print(json.dumps(decided) if options.json else summary(decided))
            return 0
        if asked:
            dialogue.confirm(terminal, summary(decided))
        else:
            tell("plan", decided if options.json else summary(decided))
        carry_out.install(decided, image, answers, tell)
        tell("done", f"{decided['image']} is installed on {decided['disk']['path']}")
        finish("reboot" if asked and terminal.ask("Take the medium out and press Enter to restart", "yes") else answers["after"])
        return 0
    except Refusal as refusal:
        described = refusal.described()
        if options.json:
            print(json.dumps({"error": described}), flush=True)
        else:
            hint = f"\n  {refusal.hint}" if refusal.hint else ""
            print(f"error {refusal.code}: {refusal.message}{hint}\n  {described['after']}", file=sys.stderr, flush=True)
        return STATUS[refusal.code]
    except (KeyboardInterrupt, EOFError):
        left = Refusal("CANCELLED", "left", written="writing" in steps)
        print(f"\nleft; {left.described()['after']}", file=sys.stderr)
        return STATUS["CANCELLED"]


def finish(how):
    if how != "stay":
        # systemctl would do nothing here, where the root is not the system's.
        subprocess.run(["systemctl", "--no-block", how], env={**os.environ, "SYSTEMD_IGNORE_CHROOT": "1"}, check=True)


def listing(found):
    lines = []
    for disk in found:
        state = "the medium" if disk["medium"] else ", ".join(disk["holds"]) or "empty"
        lines.append(f"{disk['path']:16} {planner.size_text(disk['size']):>10}  {disk['model'] or '?'}  {state}")
    return "\n".join(lines) or "there is no disk"


def summary(decided):
    disk = decided["disk"]
    lines = [f"{decided['image']} on {disk['path']}, {planner.size_text(disk['size'])} {disk['model']}".rstrip()]
    if decided["kept"]:
        lines += [f"  kept: {', '.join(decided['disk']['holds'])}"]
    else:
        lines += [f"  lost: {', '.join(decided['lost'])}"] if decided["lost"] else ["  the disk is empty"]
    lines += [f"  partition {part['name']:8} at least {part['atLeastMiB']} MiB" for part in decided["partitions"]]
    lines += [f"  {name}: {value}" for name, value in decided["settings"].items()]
    return "\n".join([*lines, *(f"  warning: {warning}" for warning in decided["warnings"])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
