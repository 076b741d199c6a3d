"""The bar that says what went wrong, and offers to try again."""

from gi.repository import GLib, Gtk


class ProblemBar(Gtk.InfoBar):
    def __init__(self, on_retry):
        super().__init__(message_type=Gtk.MessageType.ERROR, show_close_button=True)
        self._on_retry = on_retry
        self._label = Gtk.Label(xalign=0, wrap=True, selectable=True, can_focus=False)
        self.get_content_area().pack_start(self._label, True, True, 0)
        self.add_button("_Try again", Gtk.ResponseType.APPLY)
        self.connect("response", self._on_response)

    def show_problem(self, problem):
        text = f"<b>{GLib.markup_escape_text(problem.message)}</b>\n{GLib.markup_escape_text(problem.remedy)}"
        self._label.set_markup(text.strip())
        self.show()

    def _on_response(self, _bar, response):
        self.hide()
        if response == Gtk.ResponseType.APPLY:
            self._on_retry()
