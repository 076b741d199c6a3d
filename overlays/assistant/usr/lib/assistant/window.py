"""The assistant's window."""

import os

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk, Pango  # noqa: E402

import transcript  # noqa: E402
from conversation import ACTIONS, Conversation, Material  # noqa: E402
from problem import Problem  # noqa: E402
from settings import Settings  # noqa: E402
from task import Task  # noqa: E402

WELCOME = "Ask anything.\nThe answer is made on this computer, and nothing leaves it."
HINT = "Ask a question…"
PREVIEW_CHARACTERS = 60


class AssistantWindow(Gtk.ApplicationWindow):
    def __init__(self, application, on_state):
        super().__init__(application=application, title="Assistant", icon_name="assistant")
        self.set_default_size(620, 640)
        self._on_state = on_state
        self._conversation = Conversation()
        self._material = None
        self._task = None
        self._asked = None
        self._answer = ""
        self._settings = None
        self._build()
        self.connect("delete-event", lambda *_: self.cancel())
        self.connect("key-press-event", self._on_key)
        self._show_idle()

    # What the application asks of the window.

    def open_with(self, action=None, files=(), selection=None):
        """Shows the window; with an action, begins it at once."""
        if selection and selection.strip() and not (self._task and action is None):
            self._set_material(Material("Selection", selection))
        self.present_with_time(Gtk.get_current_event_time() or Gdk.CURRENT_TIME)
        self._question.grab_focus()
        if action:
            self.cancel()
            self._begin(action, "", list(files))

    def cancel(self):
        if self._task:
            self._task.cancel()

    def copy_answer(self):
        if self._answer:
            Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).set_text(self._answer, -1)
            Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).store()
            self._say("Copied.")

    def new_conversation(self):
        self.cancel()
        self._conversation.clear()
        self._transcript.clear()
        self._answer = ""
        self._set_material(None)
        self._problem_bar.hide()
        self._stack.set_visible_child_name("welcome")
        self._show_idle()
        self._question.grab_focus()

    # A question and its answer.

    def _begin(self, action, question, files=()):
        try:
            # Read each time, so that a change holds at once.
            self._settings = Settings()
        except Problem as problem:
            return self._show_problem(problem)
        self._problem_bar.hide()
        self._asked = (action, question, files)
        self._answer = ""
        if not (action == "ask" and not question):
            self._stack.set_visible_child_name("transcript")
            self._transcript.add_question(question or self._title_of(action, files))
        self._task = Task(self._on_event)
        self._say("Just a moment…")
        self._show_busy()
        self._task.start(self._settings, self._conversation, action, question, files, self._material)

    def _title_of(self, action, files):
        names = ", ".join(os.path.basename(file) for file in files) or self._material.name.lower()
        verb = action.capitalize()
        return f"{verb} {names}" + (f" to {self._settings.language}" if action == "translate" else "")

    def _on_event(self, task, kind, what):
        if task is not self._task:
            # What a cancelled task still had to say.
            return GLib.SOURCE_REMOVE
        if kind == "material":
            self._set_material(what)
        elif kind == "note":
            self._transcript.add_note(what)
        elif kind == "status":
            self._say(what)
        elif kind == "thought":
            self._say("The model is thinking…")
        elif kind == "text":
            if not self._answer:
                self._transcript.begin_answer()
                self._say("The model is answering…")
            self._answer += what
            self._transcript.add_text(what)
        elif kind == "end":
            self._end(what)
        return GLib.SOURCE_REMOVE

    def _end(self, outcome):
        self._task = None
        action, question, _ = self._asked
        if self._answer:
            self._transcript.end_answer(self._answer)
            question = question or (ACTIONS[action] or action).format(language=self._settings.language)
            self._conversation.add(question, self._answer)
        if isinstance(outcome, Problem):
            self._show_problem(outcome)
        elif outcome == "cancelled":
            self._transcript.add_note("Cancelled.")
        self._show_idle("error" if isinstance(outcome, Problem) else "idle")
        if not isinstance(outcome, Problem):
            self._say("")
        self._question.grab_focus()

    # What is seen.

    def _build(self):
        header = Gtk.HeaderBar(title="Assistant", show_close_button=True)
        self.set_titlebar(header)
        header.pack_start(self._icon_button("document-new-symbolic", "New conversation (Ctrl+N)", "new"))
        self._copy = self._icon_button("edit-copy-symbolic", "Copy the answer (Ctrl+Shift+C)", "copy")
        header.pack_end(self._copy)
        header.show_all()

        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        self.add(box)
        box.pack_start(self._build_problem_bar(), False, False, 0)
        box.pack_start(self._build_stack(), True, True, 0)
        box.pack_start(self._build_material_bar(), False, False, 0)
        box.pack_start(self._build_question(), False, False, 0)
        box.show_all()
        self._problem_bar.hide()
        self._material_bar.hide()

    def _icon_button(self, icon, tip, command):
        button = Gtk.Button.new_from_icon_name(icon, Gtk.IconSize.BUTTON)
        button.set_tooltip_text(tip)
        button.get_accessible().set_name(tip)
        button.connect("clicked", lambda _: self._command(command))
        button.show()
        return button

    def _build_problem_bar(self):
        self._problem_bar = Gtk.InfoBar(message_type=Gtk.MessageType.ERROR, show_close_button=True)
        self._problem_label = Gtk.Label(xalign=0, wrap=True, selectable=True, can_focus=False)
        self._problem_bar.get_content_area().pack_start(self._problem_label, True, True, 0)
        self._problem_bar.add_button("_Try again", Gtk.ResponseType.APPLY)
        self._problem_bar.connect("response", self._on_problem_response)
        return self._problem_bar

    def _build_stack(self):
        welcome = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=12, valign=Gtk.Align.CENTER)
        image = Gtk.Image(icon_name="assistant", pixel_size=72)
        label = Gtk.Label(label=WELCOME, justify=Gtk.Justification.CENTER, wrap=True)
        label.get_style_context().add_class("dim-label")
        welcome.add(image)
        welcome.add(label)
        self._transcript = transcript.Transcript()
        self._stack = Gtk.Stack(vexpand=True)
        self._stack.add_named(welcome, "welcome")
        self._stack.add_named(self._transcript, "transcript")
        return self._stack

    def _build_material_bar(self):
        self._material_bar = Gtk.Box(spacing=6, margin_start=12, margin_end=12, margin_top=6)
        icon = Gtk.Image(icon_name="text-x-generic-symbolic")
        self._material_label = Gtk.Label(xalign=0, ellipsize=Pango.EllipsizeMode.END)
        self._material_bar.pack_start(icon, False, False, 0)
        self._material_bar.pack_start(self._material_label, True, True, 0)
        self._action_buttons = []
        for action in ("summarise", "explain", "translate"):
            button = Gtk.Button(label=f"_{action.capitalize()}", use_underline=True)
            button.connect("clicked", lambda _, name=action: self._begin(name, ""))
            self._material_bar.pack_start(button, False, False, 0)
            self._action_buttons.append(button)
        drop = Gtk.Button.new_from_icon_name("window-close-symbolic", Gtk.IconSize.BUTTON)
        drop.set_tooltip_text("Ask without this text")
        drop.get_accessible().set_name("Ask without this text")
        drop.set_relief(Gtk.ReliefStyle.NONE)
        drop.connect("clicked", lambda _: self._set_material(None))
        self._material_bar.pack_start(drop, False, False, 0)
        return self._material_bar

    def _build_question(self):
        self._question = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD_CHAR, accepts_tab=False)
        for margin in ("left", "right", "top", "bottom"):
            getattr(self._question, f"set_{margin}_margin")(8)
        self._question.get_accessible().set_name("Your question")
        self._question.get_buffer().connect("changed", self._on_typing)
        scrolled = Gtk.ScrolledWindow(shadow_type=Gtk.ShadowType.IN, min_content_height=64, hexpand=True)
        scrolled.set_propagate_natural_height(True)
        scrolled.set_max_content_height(200)
        scrolled.add(self._question)
        self._hint = Gtk.Label(label=HINT, halign=Gtk.Align.START, valign=Gtk.Align.START, margin=9)
        self._hint.get_style_context().add_class("dim-label")
        field = Gtk.Overlay()
        field.add(scrolled)
        field.add_overlay(self._hint)
        field.set_overlay_pass_through(self._hint, True)
        self._send = Gtk.Button(label="Ask", valign=Gtk.Align.END)
        self._send.connect("clicked", lambda _: self._command("cancel" if self._task else "ask"))
        self._spinner = Gtk.Spinner()
        self._status = Gtk.Label(xalign=0, ellipsize=Pango.EllipsizeMode.END)
        self._status.get_style_context().add_class("dim-label")
        row = Gtk.Box(spacing=8)
        row.pack_start(field, True, True, 0)
        row.pack_start(self._send, False, False, 0)
        line = Gtk.Box(spacing=6)
        line.pack_start(self._spinner, False, False, 0)
        line.pack_start(self._status, True, True, 0)
        area = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6, margin=12)
        area.add(row)
        area.add(line)
        return area

    def _set_material(self, material):
        self._material = material
        if material is None:
            return self._material_bar.hide()
        preview = " ".join(material.text[: 4 * PREVIEW_CHARACTERS].split())
        words = f"{material.name}: “{preview[:PREVIEW_CHARACTERS]}…”" if material.name == "Selection" else material.name
        notes = [f"{len(material):,} characters", material.note]
        self._material_label.set_text(f"{words} ({', '.join(note for note in notes if note)})")
        self._material_bar.show()

    def _show_problem(self, problem):
        text = f"<b>{GLib.markup_escape_text(problem.message)}</b>\n{GLib.markup_escape_text(problem.remedy)}"
        self._problem_label.set_markup(text.strip())
        self._problem_bar.show()
        self._say("")
        self._show_idle("error")

    def _on_problem_response(self, bar, response):
        bar.hide()
        if response == Gtk.ResponseType.APPLY and self._asked and not self._task:
            self._begin(*self._asked)

    def _show_busy(self):
        self._send.set_label("Cancel")
        self._send.set_sensitive(True)
        self._spinner.start()
        for button in self._action_buttons:
            button.set_sensitive(False)
        self._copy.set_sensitive(False)
        self._on_state("busy")

    def _show_idle(self, state="idle"):
        self._send.set_label("Ask")
        self._show_sendable()
        self._spinner.stop()
        for button in self._action_buttons:
            button.set_sensitive(True)
        self._copy.set_sensitive(bool(self._answer))
        self._on_state(state)

    def _on_typing(self, text):
        self._hint.set_visible(text.get_char_count() == 0)
        self._show_sendable()

    def _show_sendable(self):
        self._send.set_sensitive(bool(self._task or self._text_of_question()))

    def _text_of_question(self):
        buffer = self._question.get_buffer()
        return buffer.get_text(*buffer.get_bounds(), False).strip()

    def _say(self, text):
        self._status.set_text(text)

    # Keys and buttons.

    def _on_key(self, _window, event):
        control = event.state & Gdk.ModifierType.CONTROL_MASK
        shift = event.state & Gdk.ModifierType.SHIFT_MASK
        if event.keyval in (Gdk.KEY_Return, Gdk.KEY_KP_Enter) and not shift and self._question.has_focus():
            return self._command("ask")
        if event.keyval == Gdk.KEY_Escape:
            return self._command("cancel" if self._task else "close")
        if control and event.keyval in (Gdk.KEY_n, Gdk.KEY_N):
            return self._command("new")
        if control and shift and event.keyval in (Gdk.KEY_c, Gdk.KEY_C):
            return self._command("copy")
        return False

    def _command(self, command):
        if command == "ask" and not self._task and (question := self._text_of_question()):
            self._question.get_buffer().set_text("")
            self._begin("ask", question)
        elif command == "cancel":
            self.cancel()
        elif command == "copy":
            self.copy_answer()
        elif command == "new":
            self.new_conversation()
        elif command == "close":
            self.close()
        return True
