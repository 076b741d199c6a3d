"""Where a question is written and sent, and what the assistant is doing meanwhile."""

from gi.repository import Gtk, Pango

HINT = "Ask a question…"


class Question(Gtk.Box):
    def __init__(self, on_button):
        super().__init__(orientation=Gtk.Orientation.VERTICAL, spacing=6, margin=12)
        self._busy = False
        self._field = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD_CHAR, accepts_tab=False)
        for margin in ("left", "right", "top", "bottom"):
            getattr(self._field, f"set_{margin}_margin")(8)
        self._field.get_accessible().set_name("Your question")
        self._field.get_buffer().connect("changed", self._on_typing)
        self._send = Gtk.Button(label="Ask", valign=Gtk.Align.END)
        self._send.connect("clicked", lambda _: on_button())
        self._spinner = Gtk.Spinner()
        self._status = Gtk.Label(xalign=0, ellipsize=Pango.EllipsizeMode.END)
        self._status.get_style_context().add_class("dim-label")
        self.add(_row(8, (self._with_hint(), True), (self._send, False)))
        self.add(_row(6, (self._spinner, False), (self._status, True)))

    def focus(self):
        self._field.grab_focus()

    def is_focused(self):
        return self._field.has_focus()

    def text(self):
        buffer = self._field.get_buffer()
        return buffer.get_text(*buffer.get_bounds(), False).strip()

    def clear(self):
        self._field.get_buffer().set_text("")

    def say(self, text):
        self._status.set_text(text)

    def set_busy(self, busy):
        self._busy = busy
        self._send.set_label("Cancel" if busy else "Ask")
        self._spinner.set_property("active", busy)
        self._show_sendable()

    def _with_hint(self):
        scrolled = Gtk.ScrolledWindow(shadow_type=Gtk.ShadowType.IN, min_content_height=64, hexpand=True)
        scrolled.set_propagate_natural_height(True)
        scrolled.set_max_content_height(200)
        scrolled.add(self._field)
        self._hint = Gtk.Label(label=HINT, halign=Gtk.Align.START, valign=Gtk.Align.START, margin=9)
        self._hint.get_style_context().add_class("dim-label")
        overlay = Gtk.Overlay()
        overlay.add(scrolled)
        overlay.add_overlay(self._hint)
        overlay.set_overlay_pass_through(self._hint, True)
        return overlay

    def _on_typing(self, text):
        self._hint.set_visible(text.get_char_count() == 0)
        self._show_sendable()

    def _show_sendable(self):
        self._send.set_sensitive(self._busy or bool(self.text()))


def _row(spacing, *children):
    row = Gtk.Box(spacing=spacing)
    for child, grows in children:
        row.pack_start(child, grows, grows, 0)
    return row
