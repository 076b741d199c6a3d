"""Work beside the window: a thread reads files and asks the model, and hands each piece to the window."""

import threading

from gi.repository import GLib

import documents
from conversation import ACTIONS, Material
from problem import Cancelled, Problem
from server import Loading, Server

RETRY_SECONDS = 2


class Task:
    """One question. Events reach the window in its own thread, the last one is "end"."""

    def __init__(self, on_event):
        self._on_event = on_event
        self._stop = threading.Event()
        self._answer = None

    def start(self, settings, conversation, action, question, files, material):
        arguments = (settings, conversation, action, question, files, material)
        threading.Thread(target=self._run, args=arguments, daemon=True).start()

    def cancel(self):
        self._stop.set()
        if self._answer:
            self._answer.cancel()

    def _run(self, *arguments):
        try:
            self._work(*arguments)
            self._tell("end", None)
        except Cancelled:
            self._tell("end", "cancelled")
        except Problem as problem:
            self._tell("end", problem)
        except Exception as error:
            self._tell("end", Problem(f"The assistant has a defect: {type(error).__name__}: {error}."))
            raise

    def _tell(self, kind, what):
        GLib.idle_add(self._on_event, self, kind, what)

    def _work(self, settings, conversation, action, question, files, material):
        if files:
            material = self._read(files, settings)
            self._tell("material", material)
        if action == "transcribe":
            self._tell("text", material.text.strip())
            return
        question = question or (ACTIONS[action] or "").format(language=settings.language)
        if not question:
            return
        server = Server(settings.address, settings.model)
        messages, longest, notes = self._when_loaded(
            lambda: conversation.fit(question, material, server, settings.longest)
        )
        for note in notes:
            self._tell("note", note)
        self._tell("status", "The model is reading…")
        self._when_loaded(lambda: self._stream(server, messages, longest))

    def _read(self, files, settings):
        parts = []
        for file in files:
            self._tell("status", f"Reading “{file.rpartition('/')[2]}”…")
            parts.append(documents.read(file, settings.speech_models, self._stop.is_set))
        if len(parts) == 1:
            return parts[0]
        text = "\n\n".join(f"# {part.name}\n\n{part.text}" for part in parts)
        return Material(f"{len(parts)} files", text, "; ".join(part.note for part in parts if part.note))

    def _stream(self, server, messages, longest):
        self._answer = server.answer(messages, longest)
        if self._stop.is_set():
            raise Cancelled
        for kind, text in self._answer:
            self._tell(kind, text)

    def _when_loaded(self, job):
        """A model that is being loaded is worth waiting for."""
        while True:
            if self._stop.is_set():
                raise Cancelled
            try:
                return job()
            except Loading as loading:
                self._tell("status", f"{loading.message} {loading.remedy}")
                self._stop.wait(RETRY_SECONDS)
