"""Writes the settings of one machine into the tree that becomes its root, before anything of it is on the disk."""
import os
import re
import subprocess

from refusal import Refusal


def write(root, path, text, mode=0o644):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    if os.path.islink(full):
        os.unlink(full)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(full, mode)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def within(root, *command, text=None):
    """Runs a program of the new system in its tree."""
    ended = subprocess.run(["chroot", root, *command], input=text, capture_output=True, text=True)
    if ended.returncode:
        raise Refusal("FAILED", f"{command[0]} ended with {ended.returncode}: {ended.stderr.strip()}")
    return ended.stdout


def apply(root, image, answers):
    if answers["hostname"]:
        write(root, "etc/hostname", answers["hostname"] + "\n")
        hosts = re.sub(r"(?m)^127\.0\.1\.1 .*$", f"127.0.1.1 {answers['hostname']}", read(root, "etc/hosts"))
        write(root, "etc/hosts", hosts)
    if answers["locale"]:
        write(root, "etc/locale.conf", f"LANG={answers['locale']}\n")
    if answers["timezone"]:
        link = os.path.join(root, "etc/localtime")
        if os.path.lexists(link):
            os.unlink(link)
        os.symlink(f"../usr/share/zoneinfo/{answers['timezone']}", link)
    if answers["keymap"]:
        write_keymap(root, answers["keymap"])
    write_keys(root, "root", "/root", answers["sshKeys"])
    user = answers["user"]
    if user:
        add_user(root, image, user, answers["sshKeys"])
    for name in ("passwd-", "group-", "shadow-", "gshadow-", "subuid-", "subgid-", ".pwd.lock"):
        if os.path.exists(os.path.join(root, "etc", name)):
            os.unlink(os.path.join(root, "etc", name))


def write_keymap(root, keymap):
    """A layout with its variant in parentheses, as keyboard(5) has them apart."""
    layout, _, variant = keymap.rstrip(")").partition("(")
    values = {"XKBMODEL": "pc105", "XKBLAYOUT": layout, "XKBVARIANT": variant, "XKBOPTIONS": "", "BACKSPACE": "guess"}
    write(root, "etc/default/keyboard", "".join(f'{name}="{value}"\n' for name, value in values.items()))


def write_keys(root, user, home, keys):
    if not keys:
        return
    folder = os.path.join(home.lstrip("/"), ".ssh")
    path = os.path.join(folder, "authorized_keys")
    write(root, path, "".join(f"{key}\n" for key in keys), 0o600)
    os.chmod(os.path.join(root, folder), 0o700)
    if user != "root":
        within(root, "chown", "--recursive", f"{user}:", f"/{folder}")


def account(root, name):
    """The line of passwd(5), as a list."""
    return next((line.split(":") for line in read(root, "etc/passwd").splitlines() if line.split(":")[0] == name), None)


def add_user(root, image, user, keys):
    """The person's own account, beside that of the image or instead of it."""
    own = image.get("user")
    name = user.get("name") or own or "user"
    if not account(root, name):
        groups = [line.split(":")[0] for line in read(root, "etc/group").splitlines()]
        members = [line.split(":")[0] for line in read(root, "etc/group").splitlines() if own and own in line.split(":")[3].split(",")]
        wanted = ",".join(sorted({*members, *(["sudo"] if "sudo" in groups else [])}))
        within(root, "useradd", "--create-home", "--shell", "/bin/bash", *(["--groups", wanted] if wanted else []), name)
    if "passwordHash" in user:
        within(root, "chpasswd", "--encrypted", text=f"{name}:{user['passwordHash']}\n")
    elif "password" in user:
        within(root, "chpasswd", text=f"{name}:{user['password']}\n")
    home = account(root, name)[5]
    if not os.path.isdir(os.path.join(root, home.lstrip("/"))):
        # Made at the first start otherwise, from the same files.
        within(root, "cp", "--recursive", "/etc/skel", home)
        within(root, "chown", "--recursive", f"{name}:", home)
    write_keys(root, name, home, [*keys, *user.get("sshKeys", [])])


def replace_ids(root, paths, new):
    """Gives texts that name partitions the ids that those have on this machine."""
    for path in paths:
        if not os.path.exists(os.path.join(root, path)):
            continue
        text = read(root, path)
        for old, mine in new.items():
            text = text.replace(old, mine)
        write(root, path, text)
