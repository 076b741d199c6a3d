"""A window for the command ingot-install, which it runs for all that it shows and does."""
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk  # noqa: E402

from window import InstallerWindow  # noqa: E402

NAME = "ingot.Installer"


class Application(Gtk.Application):
    def __init__(self):
        super().__init__(application_id=NAME)

    def do_activate(self):
        windows = self.get_windows()
        (windows[0] if windows else InstallerWindow(self)).present()


if __name__ == "__main__":
    GLib.set_prgname(NAME)
    GLib.set_application_name("Install")
    sys.exit(Application().run([]))
