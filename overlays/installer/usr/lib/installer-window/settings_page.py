"""The questions of an installation, all on one page."""
import os
import re

from gi.repository import Gtk

TYPICAL_LAYOUT = "us"


def size_text(size):
    return f"{size / 2**30:.1f} GiB"


def time_zones():
    with open("/usr/share/zoneinfo/tzdata.zi", encoding="utf-8") as file:
        return sorted({line.split()[2 if line[0] == "L" else 1] for line in file if line[0] in "LZ"})


def this_time_zone():
    return os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2] or "Etc/UTC"


def this_layout():
    try:
        with open("/etc/default/keyboard", encoding="utf-8") as file:
            found = re.search(r'(?m)^XKBLAYOUT="?([a-z]+)', file.read())
    except OSError:
        found = None
    return found.group(1) if found else TYPICAL_LAYOUT


class SettingsPage(Gtk.Grid):
    def __init__(self, disks):
        super().__init__(column_spacing=12, row_spacing=8, border_width=18)
        self._disks = disks
        self._rows = 0
        self.disk = self._add("Disk", Gtk.ComboBoxText(hexpand=True))
        for disk in disks:
            held = ", ".join(disk["holds"]) or "empty"
            self.disk.append(disk["path"], f"{disk['path']}   {size_text(disk['size'])}   {disk['model']}   ({held})")
        self.disk.set_active(0)
        self.hostname = self._entry("Name of the machine", os.uname().nodename)
        self.user = self._entry("Your user name", "")
        self.password = self._secret("Password")
        self.again = self._secret("Password again")
        self.timezone = self._entry("Time zone", this_time_zone())
        self._complete(self.timezone, time_zones())
        self.keymap = self._entry("Keyboard", this_layout())
        self.encrypt = self._add("", Gtk.CheckButton(label="Encrypt the disk; every start asks for a passphrase"))
        self.passphrase = self._secret("Passphrase")
        self.passphrase_again = self._secret("Passphrase again")
        self.encrypt.connect("toggled", lambda _: self._show_passphrase())
        self.show_all()
        self._show_passphrase()

    def chosen(self):
        """The disk of the list that is chosen; None where there is none."""
        return next((one for one in self._disks if one["path"] == self.disk.get_active_id()), None)

    def problem(self):
        """What only this page can know to be wrong."""
        if not self.chosen():
            return "There is no disk that the system could be put on."
        if self.password.get_text() != self.again.get_text():
            return "The passwords differ."
        if self.encrypt.get_active() and self.passphrase.get_text() != self.passphrase_again.get_text():
            return "The passphrases differ."
        return ""

    def answers(self):
        """As the command takes them; a disk with data is named once more."""
        disk = self.chosen()
        fields = {"hostname": self.hostname, "timezone": self.timezone, "keymap": self.keymap}
        given = {name: entry.get_text().strip() for name, entry in fields.items() if entry.get_text().strip()}
        user = {"name": self.user.get_text().strip(), "password": self.password.get_text()}
        user = {name: value for name, value in user.items() if value}
        if disk["holds"]:
            given["erase"] = disk["name"]
        if user:
            given["user"] = user
        if self.encrypt.get_active():
            given["encryption"] = {"passphrase": self.passphrase.get_text()}
        return {**given, "disk": disk["path"]}

    def _show_passphrase(self):
        for entry in (self.passphrase, self.passphrase_again):
            entry.set_sensitive(self.encrypt.get_active())

    def _add(self, text, widget):
        label = Gtk.Label(label=text, xalign=1, mnemonic_widget=widget)
        self.attach(label, 0, self._rows, 1, 1)
        self.attach(widget, 1, self._rows, 1, 1)
        self._rows += 1
        return widget

    def _entry(self, text, value):
        return self._add(text, Gtk.Entry(text=value, activates_default=True))

    def _secret(self, text):
        purpose = Gtk.InputPurpose.PASSWORD
        return self._add(text, Gtk.Entry(visibility=False, input_purpose=purpose, activates_default=True))

    def _complete(self, entry, values):
        store = Gtk.ListStore(str)
        for value in values:
            store.append([value])
        completion = Gtk.EntryCompletion(model=store, text_column=0, minimum_key_length=2)
        completion.set_match_func(lambda _, key, at: key in store[at][0].lower())
        entry.set_completion(completion)
