"""The window: what is asked, what will happen, and how it goes."""
import subprocess

from gi.repository import GLib, Gtk

import command
from settings_page import SettingsPage, size_text


def described(plan):
    """A plan as text."""
    disk, lines = plan["disk"], []
    lines.append(f"{plan['image']} on {disk['path']}, {size_text(disk['size'])} {disk['model']}")
    lines += [f"Partition {part['name']}: at least {part['atLeastMiB']} MiB" for part in plan["partitions"]]
    names = {"hostname": "Name of the machine", "user": "User", "timezone": "Time zone", "keymap": "Keyboard", "encryption": "Encryption"}
    lines += [f"{text}: {plan['settings'][name]}" for name, text in names.items() if plan["settings"].get(name)]
    lines += [f"Warning: {warning}" for warning in plan["warnings"]]
    return "\n".join(lines)


class InstallerWindow(Gtk.ApplicationWindow):
    def __init__(self, application):
        super().__init__(application=application, title="Install", default_width=640, default_height=520)
        self._bar = Gtk.InfoBar(message_type=Gtk.MessageType.ERROR, no_show_all=True)
        self._problem = Gtk.Label(xalign=0, wrap=True, selectable=True, can_focus=False)
        self._bar.get_content_area().add(self._problem)
        self._stack = Gtk.Stack()
        self._back = Gtk.Button(label="_Back", use_underline=True, no_show_all=True)
        self._next = Gtk.Button(label="_Next", use_underline=True, can_default=True)
        self._back.connect("clicked", lambda _: self._show("settings"))
        self._next.connect("clicked", lambda _: self._on_next())
        buttons = Gtk.Box(spacing=8, border_width=12, halign=Gtk.Align.END)
        buttons.add(self._back)
        buttons.add(self._next)
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        box.add(self._bar)
        box.pack_start(self._stack, True, True, 0)
        box.add(buttons)
        self.add(box)
        self._stack.add_named(Gtk.Spinner(active=True), "waiting")
        self._stack.add_named(self._plan_page(), "plan")
        self._stack.add_named(self._progress_page(), "progress")
        self.connect("delete-event", lambda *_: self._state == "progress")
        self.show_all()
        self._next.grab_default()
        self._show("waiting")
        command.run(["--list"], None, self._take_disks, lambda: None)

    def _take_disks(self, disks):
        if isinstance(disks, dict):
            self._show_problem(disks["error"])
            return
        self._settings = SettingsPage([disk for disk in disks if not disk["medium"]])
        self._stack.add_named(self._settings, "settings")
        self._show("settings")

    def _plan_page(self):
        page = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=12, border_width=18)
        self._plan = Gtk.Label(xalign=0, yalign=0, wrap=True, selectable=True, can_focus=False)
        self._lost = Gtk.Label(xalign=0, wrap=True, no_show_all=True)
        self._name = Gtk.Entry(activates_default=True, no_show_all=True)
        self._name.connect("changed", lambda _: self._allow())
        for widget in (self._plan, self._lost, self._name):
            page.add(widget)
        return page

    def _progress_page(self):
        page = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=12, border_width=18)
        self._said = Gtk.Label(xalign=0, wrap=True, selectable=True, can_focus=False)
        self._pulse = Gtk.ProgressBar()
        page.add(self._said)
        page.add(self._pulse)
        return page

    def _show(self, state):
        self._state = state
        self._stack.set_visible_child_name(state)
        self._bar.hide()
        self._back.set_visible(state == "plan")
        self._next.set_label("_Install" if state == "plan" else "_Next")
        self._next.set_sensitive(state in ("settings", "plan"))

    def _show_problem(self, error):
        hint = f"\n{error['hint']}" if error.get("hint") else ""
        self._problem.set_text(f"{error['message']}{hint}")
        self._problem.show()
        self._bar.show()

    def _on_next(self):
        if self._state == "settings":
            self._ask_plan()
        elif self._state == "plan":
            self._install()
        else:
            subprocess.Popen(["sudo", "systemctl", "reboot"])

    def _ask_plan(self):
        problem = self._settings.problem()
        if problem:
            self._show_problem({"message": problem})
            return
        self._answers = self._settings.answers()
        self._next.set_sensitive(False)
        command.run(["--dry-run"], self._answers, self._take_plan, self._allow)

    def _take_plan(self, plan):
        if "error" in plan:
            self._show_problem(plan["error"])
            return
        self._plan.set_text(described(plan))
        self._wanted = plan["disk"]["name"] if plan["lost"] else ""
        lost = GLib.markup_escape_text(", ".join(plan["lost"]))
        self._lost.set_markup(f"<span foreground='#c01c28'><b>All of this will be lost: {lost}</b></span>\nType {self._wanted} to go on:")
        self._name.set_text("")
        for widget in (self._lost, self._name):
            widget.set_visible(bool(self._wanted))
        self._show("plan")

    def _allow(self):
        self._next.set_sensitive(self._state != "plan" or self._name.get_text() == self._wanted)

    def _install(self):
        self._lines = []
        self._show("progress")
        self._timer = GLib.timeout_add(120, self._move)
        command.run([], self._answers, self._take_step, self._end)

    def _move(self):
        self._pulse.pulse()
        return True

    def _take_step(self, step):
        if "error" in step:
            self._show_problem({**step["error"], "hint": step["error"]["after"]})
        elif step["step"] != "plan":
            self._lines.append(step["text"])
            self._said.set_text("\n\n".join(self._lines))
        self._good = step.get("step") == "done"

    def _end(self):
        GLib.source_remove(self._timer)
        self._pulse.set_fraction(1 if self._good else 0)
        self._state = "done" if self._good else "failed"
        self._back.set_visible(not self._good)
        if self._good:
            self._said.set_text("\n\n".join([*self._lines, "Take the medium out and restart."]))
            self._next.set_label("_Restart")
            self._next.set_sensitive(True)
