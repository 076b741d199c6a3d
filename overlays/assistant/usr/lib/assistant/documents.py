"""The text of a file, by the programs of the system; what has no text is refused with the reason."""

import mimetypes
import os
import shutil
import subprocess
import time

from conversation import Material
from problem import Cancelled, Problem

# No model here reads more, and a file may be larger than the memory.
LONGEST_BYTES = 4 * 1024 * 1024
CONVERT_SECONDS = 120
HEAR_SECONDS = 3600

# Types of text whose name does not begin with "text/".
TEXTUAL = {
    "application/json",
    "application/javascript",
    "application/sql",
    "application/toml",
    "application/xml",
    "application/x-sh",
    "application/x-shellscript",
    "application/x-yaml",
    "application/yaml",
    "message/rfc822",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"


def read(path, speech_models=(), cancelled=lambda: False):
    """Reads a file of any kind that has words in it."""
    name = os.path.basename(path)
    if os.path.isdir(path):
        raise Problem(f"“{name}” is a folder.", "Choose files.")
    kind = type_of(path)
    if kind.startswith("image/"):
        raise Problem(f"“{name}” is a picture, and the model reads text only.", _picture_remedy())
    if kind.startswith("video/"):
        raise Problem(f"“{name}” is a film, and the model reads text only.", "Save its sound as a file.")
    if kind.startswith("audio/"):
        return hear(path, speech_models, cancelled)
    if kind == "application/pdf":
        text = _convert(["pdftotext", "-q", "-enc", "UTF-8", path, "-"], name, "poppler-utils", cancelled)
        if not text.strip():
            raise Problem(f"“{name}” has no text: its pages are pictures.", _scan_remedy())
        return Material(name, text)
    if kind == OPEN_DOCUMENT:
        return Material(name, _convert(["odt2txt", "--encoding=UTF-8", path], name, "odt2txt", cancelled))
    if kind.startswith("text/") or kind in TEXTUAL or _looks_like_text(path):
        return _plain(path, name)
    raise Problem(f"“{name}” is of the type {kind}, whose text nobody here can read.", "Save it as text or PDF.")


def type_of(path):
    """The type by the desktop's own rules, which look into the file as well."""
    try:
        from gi.repository import Gio

        info = Gio.File.new_for_path(path).query_info("standard::content-type", Gio.FileQueryInfoFlags.NONE)
        return Gio.content_type_get_mime_type(info.get_content_type()) or "application/octet-stream"
    except ImportError:
        return mimetypes.guess_type(path)[0] or "application/octet-stream"
    except Exception as error:  # GLib.Error, whose class depends on the binding
        raise Problem(f"“{os.path.basename(path)}” cannot be read: {error.message}.") from error


def hear(path, models, cancelled=lambda: False):
    """The words of a recording, by whisper.cpp."""
    name = os.path.basename(path)
    if not shutil.which("whisper-cli"):
        raise Problem(f"“{name}” is sound, and no program here understands speech.", "Install whisper.cpp-tools.")
    model = speech_model(models)
    if not model:
        raise Problem(
            f"“{name}” is sound, and there is no model that understands speech.",
            f"Put a model of whisper.cpp, such as ggml-base.bin, into {' or '.join(models)}.",
        )
    command = ["whisper-cli", "--model", model, "--language", "auto", "--no-prints", "--no-timestamps", path]
    text = _convert(command, name, "whisper.cpp-tools", cancelled, HEAR_SECONDS).strip()
    if not text:
        raise Problem(f"Nobody speaks in “{name}”, or the sound is in a form that whisper.cpp does not know.")
    return Material(name, text, f"heard with {os.path.basename(model)}")


def speech_model(folders):
    """The largest model there is, as it hears best."""
    found = [
        os.path.join(folder, file)
        for folder in folders
        if os.path.isdir(folder)
        for file in os.listdir(folder)
        if file.startswith("ggml-") and file.endswith(".bin") and "silero" not in file
    ]
    return max(found, key=os.path.getsize, default=None)


def _plain(path, name):
    with _open(path) as file:
        data = file.read(LONGEST_BYTES + 1)
    whole = len(data) <= LONGEST_BYTES
    data = data[:LONGEST_BYTES]
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            # The last character may have been cut in two.
            text = data.decode(encoding, "strict" if whole else "ignore")
            return Material(name, text, "" if encoding.startswith("utf") else "read as Western European text")
        except UnicodeDecodeError:
            continue
    return Material(name, data.decode("latin-1"), "read as Western European text")


def _looks_like_text(path):
    with _open(path) as file:
        start = file.read(4096)
    if not start or b"\0" in start:
        return False
    try:
        start[:-4].decode("utf-8")
        return True
    except UnicodeDecodeError:
        return False


def _open(path):
    try:
        return open(path, "rb")
    except OSError as error:
        raise Problem(f"“{os.path.basename(path)}” cannot be read: {error.strerror}.") from error


def _convert(command, name, package, cancelled, seconds=CONVERT_SECONDS):
    """What a program prints of a file."""
    if not shutil.which(command[0]):
        raise Problem(f"“{name}” needs the program {command[0]}.", f"Install {package}.")
    end = time.monotonic() + seconds
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe) as process:
        while True:
            try:
                output, errors = process.communicate(timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                if cancelled() or time.monotonic() > end:
                    process.kill()
                    process.communicate()
                    if cancelled():
                        raise Cancelled from None
                    raise Problem(f"{command[0]} was not done with “{name}” after {seconds // 60} minutes.") from None
    if process.returncode != 0:
        last = errors.decode("utf-8", "replace").strip().split("\n")[-1]
        raise Problem(f"{command[0]} cannot read “{name}”: {last or f'it ended with {process.returncode}'}.")
    return output[:LONGEST_BYTES].decode("utf-8", "ignore")


def _picture_remedy():
    if shutil.which("tesseract"):
        return "If it shows writing, “tesseract PICTURE -” in a terminal reads it."
    return "If it shows writing, the package tesseract-ocr can read it."


def _scan_remedy():
    if shutil.which("tesseract"):
        return "“pdftoppm -r 200 -png FILE page” and “tesseract page-1.png -” in a terminal read them."
    return "The package tesseract-ocr can read them."
