"""The window's title with its buttons."""

from gi.repository import Gtk


class Header(Gtk.HeaderBar):
    def __init__(self, on_command):
        super().__init__(title="Assistant", show_close_button=True)
        self._on_command = on_command
        self.pack_start(self._button("document-new-symbolic", "New conversation (Ctrl+N)", "new"))
        self._copy = self._button("edit-copy-symbolic", "Copy the answer (Ctrl+Shift+C)", "copy")
        self.pack_end(self._copy)
        self.show_all()

    def set_copyable(self, copyable):
        self._copy.set_sensitive(copyable)

    def _button(self, icon, tip, command):
        button = Gtk.Button.new_from_icon_name(icon, Gtk.IconSize.BUTTON)
        button.set_tooltip_text(tip)
        button.get_accessible().set_name(tip)
        button.connect("clicked", lambda _: self._on_command(command))
        return button
