"""The model's server: llama-server's OpenAI-compatible API, by TCP or by its UNIX socket."""

import http.client
import json
import socket
import threading
import urllib.parse

from problem import Cancelled, Problem

CONNECT_SECONDS = 5
# A long text is read before the first word comes; a slow machine takes minutes for it.
SILENT_SECONDS = 900


class Loading(Problem):
    """The server is there, and its model is not yet."""


class Server:
    def __init__(self, address, model):
        self.address = address
        self.model = model

    def context_tokens(self):
        """How much text a question and its answer may have together."""
        settings = self._get(f"/props?model={urllib.parse.quote(self.model)}").get("default_generation_settings") or {}
        return int(settings.get("n_ctx") or 4096)

    def count_tokens(self, text):
        return len(self._post("/tokenize", {"model": self.model, "content": text})["tokens"])

    def answer(self, messages, longest):
        """An answer that has been asked for; iterating over it gives its pieces."""
        return Answer(self, {"model": self.model, "messages": messages, "max_tokens": longest, "stream": True})

    def _get(self, path):
        return self._json("GET", path)

    def _post(self, path, body):
        return self._json("POST", path, body)

    def _json(self, method, path, body=None):
        connection = self.connect()
        try:
            response = self.send(connection, method, path, body)
            return json.loads(response.read())
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise self.broken(error) from error
        finally:
            connection.close()

    def connect(self):
        if self.address.startswith("unix:"):
            connection = UnixConnection(self.address.removeprefix("unix:"))
        else:
            connection = http.client.HTTPConnection(
                self.address.removeprefix("http://").rstrip("/"), timeout=CONNECT_SECONDS
            )
        try:
            connection.connect()
        except PermissionError as error:
            raise Problem(
                f"You may not use the model's server at {self.address}.",
                "Members of the group llama-server may: see usermod(8).",
            ) from error
        except OSError as error:
            raise self._down() from error
        connection.sock.settimeout(SILENT_SECONDS)
        return connection

    def send(self, connection, method, path, body=None):
        """The response, which is a good one: anything else is a Problem."""
        headers = {"Content-Type": "application/json", "Connection": "close"}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        if response.status == 200:
            return response
        raise self._refused(response.status, response.read(65536))

    def _refused(self, status, body):
        try:
            error = json.loads(body)["error"]
            message = error["message"] if isinstance(error, dict) else str(error)
        except (ValueError, KeyError, TypeError):
            message = ""
        if status == 503:
            return Loading("The model is still being loaded.", "This goes on by itself when it is ready.")
        if status == 400 and "context" in message:
            return Problem("The text is too long for the model's context.", "Ask about a part of it.")
        return Problem(f"The model's server refused the question ({status}): {message or 'without a reason'}.")

    def _down(self):
        return Problem(
            f"The model's server does not answer at {self.address}.",
            "“systemctl status llama-server” in a terminal says why; “sudo systemctl restart llama-server” starts it.",
        )

    def broken(self, error):
        if isinstance(error, TimeoutError):
            return Problem(f"The model's server was silent for {SILENT_SECONDS // 60} minutes.")
        return Problem("The model's server stopped in the middle of its answer.", "Ask again in a moment.")


class Answer:
    """A streamed answer: server-sent events, each of which brings a piece of it."""

    def __init__(self, server, request):
        self._server = server
        self._request = request
        self._socket = None
        self._cancelled = threading.Event()

    def cancel(self):
        """Ends the answer from another thread; the server notices and computes no further."""
        self._cancelled.set()
        if self._socket:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                # It is closed: the answer has just ended by itself.
                pass

    def __iter__(self):
        """Pairs of kind and text; the kind is "thought" or "text"."""
        connection = self._server.connect()
        # http.client forgets its socket once the response has begun.
        self._socket = connection.sock
        try:
            if self._cancelled.is_set():
                raise Cancelled
            response = self._server.send(connection, "POST", "/v1/chat/completions", self._request)
            yield from self._pieces(response)
        except (OSError, ValueError, http.client.HTTPException) as error:
            if self._cancelled.is_set():
                raise Cancelled from error
            raise self._server.broken(error) from error
        finally:
            connection.close()

    def _pieces(self, response):
        for line in response:
            if self._cancelled.is_set():
                raise Cancelled
            field, _, value = line.decode("utf-8").strip().partition(": ")
            if field != "data":
                continue
            if value == "[DONE]":
                return
            event = json.loads(value)
            if "error" in event:
                raise Problem(f"The model's server gave up: {event['error'].get('message', 'no reason given')}.")
            for choice in event.get("choices") or []:
                delta = choice.get("delta") or {}
                if delta.get("reasoning_content"):
                    yield "thought", delta["reasoning_content"]
                if delta.get("content"):
                    yield "text", delta["content"]
        if self._cancelled.is_set():
            raise Cancelled
        raise ConnectionError("the stream has no end")


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a UNIX socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=CONNECT_SECONDS)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
