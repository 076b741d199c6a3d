"""Starts the assistant, or hands the request to the one that is running."""

import argparse
import os
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

from conversation import ACTIONS  # noqa: E402
from window import AssistantWindow  # noqa: E402

NAME = "ingot.Assistant"


class Application(Gtk.Application):
    """One for each desktop session: a second start only sends its words to the first."""

    def __init__(self):
        super().__init__(application_id=NAME, flags=Gio.ApplicationFlags.HANDLES_COMMAND_LINE)
        self._window = None
        # Other programs may read what the assistant is doing: idle, busy or error.
        self._state = Gio.SimpleAction.new_stateful("state", None, GLib.Variant("s", "idle"))
        self.add_action(self._state)

    def do_command_line(self, command_line):
        arguments = command_line.get_arguments()[1:]
        folder = command_line.get_cwd() or "/"
        action, files = (arguments[0], arguments[1:]) if arguments else (None, [])
        files = [os.path.join(folder, file) for file in files]
        if not self._window:
            self._window = AssistantWindow(self, self._set_state)
            self._window.connect("destroy", self._forget)
        self._window.present_with_time(Gdk.CURRENT_TIME)
        if action:
            self._window.open_with(action, files)
        else:
            # Only another program's selection is of interest; a clipboard that nobody owns answers None.
            selection = Gtk.Clipboard.get(Gdk.SELECTION_PRIMARY)
            selection.request_text(lambda _, text: self._window and self._window.open_with(selection=text))
        return 0

    def _forget(self, _window):
        self._window = None

    def _set_state(self, state):
        self._state.set_state(GLib.Variant("s", state))


def arguments():
    """The command line, which a wrong one ends before anything is opened."""
    parser = argparse.ArgumentParser(
        prog="assistant",
        description="Asks the model on this computer. Without an action: a window, with the text selected "
        "on the screen as its subject.",
    )
    parser.add_argument("action", nargs="?", choices=list(ACTIONS), help="what to do with the files")
    parser.add_argument("files", nargs="*", help="texts, PDFs, OpenDocument texts or recordings")
    given = parser.parse_args()
    if given.action and not given.files:
        parser.error(f"{given.action} needs at least one file")
    return [given.action, *given.files] if given.action else []


if __name__ == "__main__":
    GLib.set_prgname(NAME)
    GLib.set_application_name("Assistant")
    sys.exit(Application().run(["assistant", *arguments()]))
