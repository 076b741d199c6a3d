"""Asks for what the answers would say, on any terminal: a screen or a serial line."""
import getpass

import answers as answer_rules
import plan as planner
from refusal import Refusal


class Terminal:
    """Where questions are asked; tests have one of their own."""

    def say(self, text=""):
        print(text, flush=True)

    def ask(self, question, default=""):
        shown = f"{question} [{default}]: " if default else f"{question}: "
        return input(shown).strip() or default

    def ask_secret(self, question):
        return getpass.getpass(f"{question}: ")


def choose_disk(terminal, image, found, machine):
    """One of the disks that can take the system; the others are shown with the reason."""
    can = []
    terminal.say("Disks of this machine:")
    for disk in found:
        what = f"{disk['path']}  {planner.size_text(disk['size'])}  {disk['model']}".rstrip()
        try:
            planner.assert_fit(disk, image, machine["modelsBytes"], machine["firmware"])
        except Refusal as refusal:
            terminal.say(f"   -  {what}: {refusal.message[len(disk['path']) + 1:]}")
            continue
        can.append(disk)
        terminal.say(f"  {len(can):2}  {what}  ({', '.join(disk['holds']) or 'empty'})")
    if not can:
        raise Refusal("DISK_UNFIT", "no disk of this machine can take the system", "attach one, and start again")
    while True:
        answer = terminal.ask("Number of the disk, or q to leave")
        if answer == "q":
            raise Refusal("CANCELLED", "nothing was chosen")
        if answer.isdigit() and 0 < int(answer) <= len(can):
            return can[int(answer) - 1]
        terminal.say(f"There are the numbers 1 to {len(can)}.")


def confirm_loss(terminal, disk, image):
    """The name of a disk with data, typed by somebody who has read what is on it."""
    lost = planner.lost(disk, image)
    if not lost:
        return None
    terminal.say(f"\n{disk['path']} is not empty. ALL OF THIS WILL BE LOST: {', '.join(lost)}")
    if terminal.ask(f"Type {disk['name']} to go on, anything else to leave") != disk["name"]:
        raise Refusal("CANCELLED", "the name of the disk was not given")
    return disk["name"]


def ask_valid(terminal, question, field, default=""):
    """A setting that the rules for answers take; empty for none."""
    while True:
        value = terminal.ask(question, default)
        if not value:
            return None
        try:
            answer_rules.checked({field: value})
            return value
        except Refusal as refusal:
            terminal.say(f"That cannot be taken: {refusal.message.split(': ', 1)[1]}.")


def ask_known(terminal, question, field, known, default=""):
    while True:
        value = ask_valid(terminal, question, field, default)
        if value is None or value in known:
            return value
        near = [one for one in known if value.lower() in one.lower()][:12]
        terminal.say(f"The image does not have it. Like it are: {', '.join(near) or 'none'}.")


def ask_user(terminal, image):
    """The person's account; a password is never set by anybody else."""
    while True:
        name = terminal.ask("Your user name", image.get("user") or "user")
        problems = answer_rules.user_problems({"name": name})
        if not problems:
            break
        terminal.say("A user name has small letters and digits, and begins with a letter.")
    user = {"name": name}
    while True:
        password = terminal.ask_secret("Password (empty for none)")
        if not password or password == terminal.ask_secret("The same again"):
            break
        terminal.say("They differ.")
    return {**user, "password": password} if password else user


def ask_key(terminal):
    while True:
        key = terminal.ask("SSH public key, as in id_ed25519.pub (empty for none)")
        if not key:
            return []
        if not answer_rules.key_problems("key", [key]):
            return [key]
        terminal.say("That is no public key.")


def ask_encryption(terminal, machine):
    """A passphrase, when the disk is to be encrypted and this machine can start it then."""
    if machine["noEncryption"] or terminal.ask("Encrypt the disk? yes or no", "no") != "yes":
        return None
    while True:
        passphrase = terminal.ask_secret("Passphrase, which every start asks for")
        if answer_rules.encryption_problems({"passphrase": passphrase}):
            terminal.say("A passphrase has at least 8 characters: letters without accents, digits, signs, spaces.")
        elif passphrase == terminal.ask_secret("The same again"):
            break
        else:
            terminal.say("They differ.")
    question = "Let this machine's TPM open it, so that no start asks for it? yes or no"
    return {"passphrase": passphrase, "tpm2": machine["tpm2"] and terminal.ask(question, "no") == "yes"}


def ask_all(terminal, image, found, machine):
    """All answers, and the last question of all."""
    terminal.say(f"This installs {image['name']} {image['version']} on a disk of this machine. Nothing is written before")
    terminal.say("you have seen what will happen and have confirmed it. Ctrl+C leaves at any time.\n")
    disk = choose_disk(terminal, image, found, machine)
    given = {"disk": disk["path"], "erase": confirm_loss(terminal, disk, image)}
    terminal.say()
    given["hostname"] = ask_valid(terminal, "Name of the machine", "hostname", image["name"])
    given["user"] = ask_user(terminal, image)
    given["sshKeys"] = ask_key(terminal)
    given["timezone"] = ask_known(terminal, "Time zone", "timezone", machine["timezones"], "Etc/UTC")
    given["keymap"] = ask_valid(terminal, "Keyboard, as us, de or fr(bepo)", "keymap", "us")
    if len(machine["locales"]) > 4:
        given["locale"] = ask_known(terminal, "Language", "locale", machine["locales"], "C.UTF-8")
    given["encryption"] = ask_encryption(terminal, machine)
    return {name: value for name, value in given.items() if value is not None}


def confirm(terminal, text):
    terminal.say(f"\n{text}\n")
    if terminal.ask("Type yes to install") != "yes":
        raise Refusal("CANCELLED", "it was not confirmed")
