"""Copies a tree's names, each with its metadata, in an order that lists sorted: root-in-order.py ROOT TO WAY

WAY is `layered`, where contents are found by an overlay, or `copied`.
"""
import os, shutil, stat, sys
root, to, way = sys.argv[1:]
for name in "12": os.mkdir(to + "/" + name)
last_first = os.listdir(to) != ["1", "2"]
for name in "12": os.rmdir(to + "/" + name)
first_name = {}
# The time of the last read depends on what has happened to a file here, and mkfs.ext4 copies it.
read_at = int(os.environ["SOURCE_DATE_EPOCH"]) * 10**9

def make(path, to, facts):
    if stat.S_ISDIR(facts.st_mode):
        os.mkdir(to)
        with os.scandir(path) as found: entries = sorted(found, key=lambda entry: os.fsencode(entry.name), reverse=last_first)
        for entry in entries: place(entry.path, to + "/" + entry.name, entry.stat(follow_symlinks=False))
        if way == "layered": os.setxattr(to, "trusted.overlay.opaque", b"y")
    elif stat.S_ISLNK(facts.st_mode): os.symlink(os.readlink(path), to)
    elif not stat.S_ISREG(facts.st_mode): os.mknod(to, facts.st_mode, facts.st_rdev)
    elif way == "copied": shutil.copyfile(path, to)
    else:
        os.mknod(to)
        os.truncate(to, facts.st_size)
        os.setxattr(to, "trusted.overlay.metacopy", b"")
        os.setxattr(to, "trusted.overlay.redirect", os.fsencode(path[len(root):]))

def place(path, to, facts):
    "A file's further names are links to its first; the link count of a folder says nothing of names."
    if not stat.S_ISDIR(facts.st_mode) and facts.st_nlink > 1:
        first = first_name.setdefault((facts.st_dev, facts.st_ino), to)
        if first != to: return os.link(first, to, follow_symlinks=False)
    make(path, to, facts)
    os.chown(to, facts.st_uid, facts.st_gid, follow_symlinks=False)
    if not stat.S_ISLNK(facts.st_mode): os.chmod(to, stat.S_IMODE(facts.st_mode))
    for key in os.listxattr(path, follow_symlinks=False):
        os.setxattr(to, key, os.getxattr(path, key, follow_symlinks=False), follow_symlinks=False)
    os.utime(to, ns=(read_at, facts.st_mtime_ns), follow_symlinks=False)

os.rmdir(to)
place(root, to, os.stat(root))
