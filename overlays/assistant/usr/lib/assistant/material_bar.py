"""The bar that shows which text the question is about, with what can be done with it at once."""

from gi.repository import Gtk, Pango

ACTIONS = ("summarise", "explain", "translate")
PREVIEW_CHARACTERS = 60


class MaterialBar(Gtk.Box):
    def __init__(self, on_action, on_drop):
        super().__init__(spacing=6, margin_start=12, margin_end=12, margin_top=6)
        self._label = Gtk.Label(xalign=0, ellipsize=Pango.EllipsizeMode.END)
        self.pack_start(Gtk.Image(icon_name="text-x-generic-symbolic"), False, False, 0)
        self.pack_start(self._label, True, True, 0)
        self._buttons = [self._button_for(action, on_action) for action in ACTIONS]
        drop = Gtk.Button.new_from_icon_name("window-close-symbolic", Gtk.IconSize.BUTTON)
        drop.set_tooltip_text("Ask without this text")
        drop.get_accessible().set_name("Ask without this text")
        drop.set_relief(Gtk.ReliefStyle.NONE)
        drop.connect("clicked", lambda _: on_drop())
        self.pack_start(drop, False, False, 0)

    def show_material(self, material):
        """Shows the beginning of a selection or the name of a file; without either, nothing."""
        if material is None:
            return self.hide()
        words = material.name
        if material.name == "Selection":
            begin = " ".join(material.text[: 4 * PREVIEW_CHARACTERS].split())
            more = "…" if len(begin) > PREVIEW_CHARACTERS else ""
            words = f"{words}: “{begin[:PREVIEW_CHARACTERS]}{more}”"
        notes = [f"{len(material):,} characters", material.note]
        self._label.set_text(f"{words} ({', '.join(note for note in notes if note)})")
        self.show()

    def set_usable(self, usable):
        for button in self._buttons:
            button.set_sensitive(usable)

    def _button_for(self, action, on_action):
        button = Gtk.Button(label=f"_{action.capitalize()}", use_underline=True)
        button.connect("clicked", lambda _: on_action(action))
        self.pack_start(button, False, False, 0)
        return button
