"""Settings: the machine's file first, then the user's own, which overrides single lines."""

import configparser
import locale
import os
import re

from problem import Problem

MACHINE_FILE = "/etc/assistant.conf"
DEFAULTS = {
    "server": {"address": "http://127.0.0.1:9931", "model": "default"},
    "answers": {
        "longest": "1024",
        "translate_to": "",
        "speech_models": "/usr/share/ai/models:/var/ai-data/models",
    },
}


class Settings:
    def __init__(self, files=None):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_dict(DEFAULTS)
        for file in files or [MACHINE_FILE, user_file()]:
            _read(parser, file)
        self.address = parser["server"]["address"].strip()
        self.model = parser["server"]["model"].strip() or DEFAULTS["server"]["model"]
        self.longest = _positive(parser, "answers", "longest")
        self.language = parser["answers"]["translate_to"].strip() or desktop_language()
        self.speech_models = [folder for folder in parser["answers"]["speech_models"].split(":") if folder]
        if not re.fullmatch(r"http://[^/\s:]+(:\d+)?/?|unix:/\S+", self.address):
            raise Problem(
                f"The setting address is “{self.address}”, which is no address of a server.",
                f"Write http://HOST:PORT or unix:/PATH in {MACHINE_FILE} or {user_file()}.",
            )


def user_file():
    folder = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(folder, "assistant.conf")


def desktop_language():
    """The English name of the desktop's language, as models know it best."""
    code = (locale.getlocale(locale.LC_MESSAGES)[0] or "en").split("_")[0]
    return LANGUAGES.get(code, "English")


# Languages that the window offers for translation, by their ISO 639 codes.
LANGUAGES = {
    "en": "English",
    "zh": "Chinese",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "pt": "Portuguese",
    "ja": "Japanese",
    "ko": "Korean",
    "ru": "Russian",
    "uk": "Ukrainian",
    "pl": "Polish",
    "nl": "Dutch",
    "tr": "Turkish",
    "ar": "Arabic",
    "hi": "Hindi",
}


def _read(parser, file):
    try:
        with open(file, encoding="utf-8") as text:
            parser.read_file(text)
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except configparser.Error as error:
        raise Problem(f"{file} is not written as settings are: {error.message}.") from error


def _positive(parser, section, name):
    value = parser[section][name].strip()
    if not re.fullmatch(r"[1-9]\d{0,6}", value):
        raise Problem(f"The setting {name} is “{value}”.", "Write a whole number from 1 to 9999999.")
    return int(value)
