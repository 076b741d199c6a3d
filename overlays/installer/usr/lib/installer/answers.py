"""What somebody wants to have installed; pure, so that a mistake is known before anything is touched."""
import re

from refusal import Refusal

TEXT = {
    "disk": r"[\w./:@+-]+",
    "erase": r"[\w./:@+-]+",
    "hostname": r"(?=.{1,64}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
    "locale": r"[A-Za-z0-9_.@-]+",
    "keymap": r"[a-z]+(\([A-Za-z0-9_-]+\))?",
    "timezone": r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*",
    "after": r"reboot|poweroff|stay",
}
# As systemd-sysusers takes them.
USER_NAME = r"[a-z_][a-z0-9_-]{0,30}"
KEY = r"(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?"
HASH = r"\$(y|6|5|2b|gy)\$[A-Za-z0-9./$=,]+"
FIELDS = {*TEXT, "keep", "user", "sshKeys", "encryption"}
# What can be typed on every keyboard when the disk is opened.
PASSPHRASE = r"[ -~]{8,512}"


def checked(given):
    """The answers with every default filled in; all mistakes at once. Only a dialogue has a password itself."""
    if not isinstance(given, dict):
        raise invalid(["they are no JSON object"])
    problems = [f"{name} is not known; there are {', '.join(sorted(FIELDS))}" for name in sorted(set(given) - FIELDS)]
    for name, pattern in TEXT.items():
        value = given.get(name)
        if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            problems.append(f"{name} cannot be {value!r}")
    if not isinstance(given.get("keep", False), bool):
        problems.append("keep is true or false")
    problems += user_problems(given.get("user", {}))
    problems += key_problems("sshKeys", given.get("sshKeys", []))
    problems += encryption_problems(given.get("encryption"))
    if given.get("keep") and given.get("erase"):
        problems.append("keep leaves what is on the disk, and erase names a disk to be erased: give one of them")
    if problems:
        raise invalid(problems)
    empty = {"disk": None, "erase": None, "hostname": None, "locale": None, "keymap": None, "timezone": None, "encryption": None}
    return {**empty, "after": "stay", "keep": False, "user": {}, "sshKeys": [], **given}


def user_problems(user):
    if not isinstance(user, dict):
        return ["user is an object with name, passwordHash and sshKeys"]
    problems = [f"user.{name} is not known" for name in sorted(set(user) - {"name", "password", "passwordHash", "sshKeys"})]
    if not re.fullmatch(USER_NAME, str(user.get("name", "a"))) or user.get("name") == "root":
        problems.append(f"user.name cannot be {user['name']!r}")
    if "passwordHash" in user and not re.fullmatch(HASH, str(user["passwordHash"])):
        problems.append("user.passwordHash is no hash as mkpasswd or openssl passwd -6 prints it")
    return problems + key_problems("user.sshKeys", user.get("sshKeys", []))


def encryption_problems(encryption):
    if encryption is None:
        return []
    if not isinstance(encryption, dict):
        return ["encryption is an object with passphrase and tpm2"]
    problems = [f"encryption.{name} is not known" for name in sorted(set(encryption) - {"passphrase", "tpm2"})]
    # The value is a secret.
    if not re.fullmatch(PASSPHRASE, str(encryption.get("passphrase", ""))):
        problems.append("encryption.passphrase has at least 8 characters, all of them in ASCII")
    if not isinstance(encryption.get("tpm2", False), bool):
        problems.append("encryption.tpm2 is true or false")
    return problems


def key_problems(what, keys):
    if not isinstance(keys, list):
        return [f"{what} is a list of public keys"]
    return [f"{what} has a line that is no public key: {key!r}" for key in keys if not re.fullmatch(KEY, str(key))]


def invalid(problems):
    return Refusal("ANSWERS_INVALID", "the answers are wrong: " + "; ".join(problems), "docs/install.md lists them")
