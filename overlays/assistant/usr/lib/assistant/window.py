"""The assistant's window."""

import os

from gi.repository import Gdk, GLib, Gtk

from conversation import ACTIONS, Conversation, Material
from header import Header
from material_bar import MaterialBar
from problem import Problem
from problem_bar import ProblemBar
from question import Question
from settings import Settings
from task import Task
from transcript import Transcript
from welcome import welcome


class AssistantWindow(Gtk.ApplicationWindow):
    def __init__(self, application, on_state):
        super().__init__(application=application, title="Assistant", icon_name="assistant")
        self.set_default_size(620, 640)
        self.set_position(Gtk.WindowPosition.CENTER)
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
        self._show_state("idle")

    # What the application asks of the window.

    def open_with(self, action=None, files=(), selection=None):
        """Shows the window; with an action, begins it at once."""
        if selection and selection.strip() and not (self._task and action is None):
            self._set_material(Material("Selection", selection))
        self.present_with_time(Gtk.get_current_event_time() or Gdk.CURRENT_TIME)
        self._question.focus()
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
            self._question.say("Copied.")

    def new_conversation(self):
        self.cancel()
        self._conversation.clear()
        self._transcript.clear()
        self._answer = ""
        self._set_material(None)
        self._problem_bar.hide()
        self._stack.set_visible_child_name("welcome")
        self._show_state("idle")
        self._question.focus()

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
        self._question.say("Just a moment…")
        self._show_state("busy")
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
            self._question.say(what)
        elif kind == "thought":
            self._question.say("The model is thinking…")
        elif kind == "text":
            if not self._answer:
                self._transcript.begin_answer()
                self._question.say("The model is answering…")
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
        else:
            if outcome == "cancelled":
                self._transcript.add_note("Cancelled.")
            self._question.say("")
            self._show_state("idle")
        self._question.focus()

    # What is seen.

    def _build(self):
        self._header = Header(self._command)
        self.set_titlebar(self._header)
        self._problem_bar = ProblemBar(self._try_again)
        self._transcript = Transcript()
        self._stack = Gtk.Stack(vexpand=True)
        self._stack.add_named(welcome(), "welcome")
        self._stack.add_named(self._transcript, "transcript")
        self._material_bar = MaterialBar(lambda action: self._begin(action, ""), lambda: self._set_material(None))
        self._question = Question(lambda: self._command("cancel" if self._task else "ask"))
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        self.add(box)
        for part in (self._problem_bar, self._stack, self._material_bar, self._question):
            box.pack_start(part, part is self._stack, True, 0)
        box.show_all()
        self._problem_bar.hide()
        self._material_bar.hide()

    def _set_material(self, material):
        self._material = material
        self._material_bar.show_material(material)

    def _show_problem(self, problem):
        self._problem_bar.show_problem(problem)
        self._question.say("")
        self._show_state("error")

    def _try_again(self):
        if self._asked and not self._task:
            self._begin(*self._asked)

    def _show_state(self, state):
        busy = state == "busy"
        self._question.set_busy(busy)
        self._material_bar.set_usable(not busy)
        self._header.set_copyable(bool(self._answer) and not busy)
        self._on_state(state)

    # Keys and buttons.

    def _on_key(self, _window, event):
        control = event.state & Gdk.ModifierType.CONTROL_MASK
        shift = event.state & Gdk.ModifierType.SHIFT_MASK
        if event.keyval in (Gdk.KEY_Return, Gdk.KEY_KP_Enter) and not shift and self._question.is_focused():
            return self._command("ask")
        if event.keyval == Gdk.KEY_Escape:
            return self._command("cancel" if self._task else "close")
        if control and event.keyval in (Gdk.KEY_n, Gdk.KEY_N):
            return self._command("new")
        if control and shift and event.keyval in (Gdk.KEY_c, Gdk.KEY_C):
            return self._command("copy")
        return False

    def _command(self, command):
        if command == "ask" and not self._task and (question := self._question.text()):
            self._question.clear()
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
