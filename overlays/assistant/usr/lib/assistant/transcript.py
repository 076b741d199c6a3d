"""What was asked and answered, as a text that scrolls."""

from gi.repository import Gtk, Pango

import markup


class Transcript(Gtk.ScrolledWindow):
    def __init__(self):
        super().__init__(hscrollbar_policy=Gtk.PolicyType.NEVER)
        self._view = Gtk.TextView(editable=False, cursor_visible=False, wrap_mode=Gtk.WrapMode.WORD_CHAR)
        for side in ("left", "right", "top", "bottom"):
            getattr(self._view, f"set_{side}_margin")(16)
        self._view.get_accessible().set_name("Conversation")
        self.add(self._view)
        self._text = self._view.get_buffer()
        self._make_styles()
        self._start = None
        self._at_end = True
        # Follows the answer, unless the user has scrolled up to read.
        self.get_vadjustment().connect("changed", self._follow)
        self.get_vadjustment().connect("value-changed", self._notice)

    def clear(self):
        self._text.set_text("")
        self._start = None

    def add_question(self, question):
        self._at_end = True
        self._paragraph()
        self._append(question, "question")
        self._append("\n", "plain")

    def add_note(self, note):
        self._paragraph()
        self._append(note + "\n", "note")

    def begin_answer(self):
        self._paragraph()
        self._start = self._text.create_mark(None, self._text.get_end_iter(), True)

    def add_text(self, text):
        self._append(text, "plain")

    def end_answer(self, answer):
        """Shows the whole answer as it is meant, with code and headings."""
        self._text.delete(self._text.get_iter_at_mark(self._start), self._text.get_end_iter())
        for piece, style in markup.styled(answer.strip()):
            self._append(piece, style)
        self._append("\n", "plain")
        self._text.delete_mark(self._start)
        self._start = None

    def _paragraph(self):
        if self._text.get_char_count() and not self._text.get_end_iter().starts_line():
            self._append("\n", "plain")

    def _append(self, text, style):
        self._text.insert_with_tags_by_name(self._text.get_end_iter(), text, style)

    def _make_styles(self):
        def style(name, **properties):
            self._text.create_tag(name, **properties)

        style("plain", pixels_above_lines=3, pixels_below_lines=3)
        style("question", weight=Pango.Weight.BOLD, pixels_above_lines=14, pixels_below_lines=4)
        style("note", style=Pango.Style.ITALIC, scale=0.9, pixels_above_lines=3, pixels_below_lines=3)
        style("bold", weight=Pango.Weight.BOLD)
        style("heading", weight=Pango.Weight.BOLD, scale=1.1, pixels_above_lines=8)
        style("code", family="monospace")
        style("block", family="monospace", left_margin=32, scale=0.95)

    def _notice(self, position):
        self._at_end = position.get_value() + position.get_page_size() > position.get_upper() - 40

    def _follow(self, position):
        if self._at_end:
            position.set_value(position.get_upper() - position.get_page_size())
