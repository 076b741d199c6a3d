"""What the window shows before anything was asked."""

from gi.repository import Gtk

TEXT = "Ask anything.\nThe answer is made on this computer, and nothing leaves it."


def welcome():
    label = Gtk.Label(label=TEXT, justify=Gtk.Justification.CENTER, wrap=True)
    label.get_style_context().add_class("dim-label")
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=12, valign=Gtk.Align.CENTER)
    box.add(Gtk.Image(icon_name="assistant", pixel_size=72))
    box.add(label)
    return box
