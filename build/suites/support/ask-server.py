"""Starts llama-server on a model as the image's unit does, and prints what it answers to one chat turn, or `none`."""
import http.client
import json
import resource
import socket
import subprocess
import sys
import time

SOCKET = "/run/llama.sock"
SECONDS = 20
OPTIONS = "--ctx-size 4096 --load-mode mmap --no-ui --no-slots --metrics --offline".split()


def request(method, path, body=None):
    connection = http.client.HTTPConnection("llama")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(SECONDS)
    connection.sock.connect(SOCKET)
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
    return connection.getresponse().status


def answer(server):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            if request("GET", "/health") == 200:
                turn = {"messages": [{"role": "user", "content": "How are you?"}], "max_tokens": 4}
                return request("POST", "/v1/chat/completions", turn)
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.2)
    return "none"


# A template that never ends fills the memory as well.
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
command = ["llama-server", "--host", SOCKET, "--model", sys.argv[1], *OPTIONS]
with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
    print(answer(process))
    process.kill()
