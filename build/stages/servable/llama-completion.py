"""
Runs llama-completion with the words given, and waits until its log is written. By itself it writes its log in a
thread of its own and does not wait for that: on a busy machine, the lines that say why it gives up get lost.
"""
import ctypes
import glob
import os
import signal
import sys

UNAVAILABLE = 69
PATTERNS = ("/usr/lib/*/llama/libllama-completion-impl.so", "/usr/lib/llama/libllama-completion-impl.so")

try:
    llama = ctypes.CDLL(next(path for pattern in PATTERNS for path in glob.glob(pattern)))
    complete = llama._Z16llama_completioniPPc
    log = llama._Z15common_log_mainv
    flush_log = llama._Z16common_log_flushP10common_log
except (StopIteration, OSError, AttributeError) as error:
    print(f"the tools' llama-completion cannot be called: {error!r}", file=sys.stderr)
    sys.exit(UNAVAILABLE)
log.restype = ctypes.c_void_p
flush_log.argtypes = [ctypes.c_void_p]


@ctypes.CFUNCTYPE(None, ctypes.c_int)
def on_abort(number):
    """What llama.cpp says before it gives up."""
    flush_log(log())
    os._exit(128 + number)


ctypes.CDLL(None).signal(int(signal.SIGABRT), on_abort)
words = [b"llama-completion", *map(os.fsencode, sys.argv[1:])]
status = complete(len(words), (ctypes.c_char_p * (len(words) + 1))(*words))
flush_log(log())
os._exit(status & 255)
