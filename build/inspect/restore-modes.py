"""Gives files in the working directory the modes that `stat` commands of debugfs, on the standard input, tell."""
import os, re, sys
path = None
for line in sys.stdin.buffer:
    asked = re.match(rb'debugfs: +stat "/(.*)"$', line.rstrip(b"\n"))
    mode = re.search(rb" Mode: +0*([0-7]+) ", line)
    if asked: path = asked[1]
    elif mode and path: os.chmod(path, int(mode[1], 8)); path = None
