#!/usr/bin/env python3
"""Writes build/model/known/ from the root of a system that has tzdata, locales and keyboard-configuration."""

import os
import re
import sys
import textwrap


def time_zones(root):
    folder = f"{root}/usr/share/zoneinfo"
    for above, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(above, name)
            # The rest are tables, and names that mean this machine.
            if name not in ("Factory", "localtime", "posixrules") and is_zone(path):
                yield os.path.relpath(path, folder)


def is_zone(path):
    with open(path, "rb") as file:
        return file.read(4) == b"TZif"


def locales(root):
    yield "C.UTF-8"
    with open(f"{root}/usr/share/i18n/SUPPORTED", encoding="utf-8") as file:
        for name, charset in (line.split() for line in file if line.strip()):
            if charset == "UTF-8":
                yield name


def keymaps(root):
    section = ""
    with open(f"{root}/usr/share/X11/xkb/rules/evdev.lst", encoding="utf-8") as file:
        for line in filter(str.strip, file):
            if line.startswith("!"):
                section = line[1:].strip()
            elif section == "layout" and line.split()[0] != "custom":
                yield line.split()[0]
            elif section == "variant" and (found := re.match(r"\s*(\S+)\s+(\S+):", line)):
                yield f"{found[2]}({found[1]})"


def write(file, name, what, items):
    text = "\n".join(textwrap.wrap(" ".join(sorted(set(items))), 106, break_on_hyphens=False))
    with open(f"build/model/known/{file}.ts", "w", encoding="utf-8") as out:
        out.write(f"/** {what}. scripts/known-names.py writes this. */\n")
        out.write(f"export const {name} = `\n{text}\n`\n  .trim()\n  .split(/\\s+/);\n")


of = sys.argv[1]
write("time-zones", "timeZones", "Time zones of the package tzdata", time_zones(of))
write("locales", "locales", "Locales in UTF-8 of the package locales", locales(of))
write("keymaps", "keymaps", "Keyboard layouts, and their variants in parentheses, of the package xkb-data", keymaps(of))
