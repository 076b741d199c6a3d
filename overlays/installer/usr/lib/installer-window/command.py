"""The command ingot-install beside a window that goes on: its lines of JSON, one after another."""
import json
import os
import tempfile

from gi.repository import Gio, GLib

COMMAND = "/usr/sbin/ingot-install"
# When the command itself fails, and says nothing that could be shown.
SILENT = {"message": "ingot-install ended without an answer", "hint": "run ingot-install in a terminal to see why", "after": "run it in a terminal to see why"}


def run(words, answers, on_line, on_end):
    """Calls on_line with each object that the command prints, then on_end; answers have secrets and are in memory only."""
    path = None
    if answers is not None:
        file, path = tempfile.mkstemp(dir=GLib.get_user_runtime_dir())
        with os.fdopen(file, "w", encoding="utf-8") as target:
            json.dump(answers, target)
        words = [*words, "--answers", path]
    flags = Gio.SubprocessFlags.STDOUT_PIPE
    process = Gio.Subprocess.new([COMMAND, "--json", *words], flags)
    stream = Gio.DataInputStream.new(process.get_stdout_pipe())

    said = []

    def read(source, result):
        line = source.read_line_finish_utf8(result)[0]
        if line is not None:
            said.append(json.loads(line))
            on_line(said[-1])
            stream.read_line_async(GLib.PRIORITY_DEFAULT, None, read)
            return
        if path:
            os.unlink(path)
        if not said:
            on_line({"error": SILENT})
        process.wait_async(None, lambda *_: on_end())

    stream.read_line_async(GLib.PRIORITY_DEFAULT, None, read)
