"""Lists the tree at the first argument: twelve fields for each name, each ended by NUL, for names may hold anything.

The fields: path, kind, mode, owner, group, size, time, where a link points or which device it is, names of extended
attributes, one a line; and, where a second argument says `contents`, of a file its SHA-256, what it begins with, and its
capabilities.
"""
import codecs, hashlib, os, stat, sys

KINDS = {stat.S_IFREG: b"f", stat.S_IFDIR: b"d", stat.S_IFLNK: b"l", stat.S_IFCHR: b"c",
         stat.S_IFBLK: b"b", stat.S_IFIFO: b"p", stat.S_IFSOCK: b"s"}


def main(top, contents):
    write_row(top, b"", contents)
    for folder, folders, files in os.walk(top):
        for name in sorted(folders + files):
            path = os.path.join(folder, name)
            write_row(path, path[len(top) + 1:], contents)


def write_row(path, name, contents):
    found = os.lstat(path)
    kind, to = KINDS[stat.S_IFMT(found.st_mode)], b""
    if kind == b"l":
        to = os.readlink(path)
    if kind in b"cb":
        to = b"%d:%d" % (os.major(found.st_rdev), os.minor(found.st_rdev))
    attributes = b"\n".join(map(os.fsencode, os.listxattr(path, follow_symlinks=False)))
    numbers = b"%o" % stat.S_IMODE(found.st_mode), *(b"%d" % n for n in (found.st_uid, found.st_gid, found.st_size))
    row = [name, kind, *numbers, b"%.9f" % found.st_mtime, to, attributes]
    row += content_of(path) if contents and kind == b"f" else [b"", b"", b""]
    sys.stdout.buffer.write(b"".join(field + b"\0" for field in row))


def content_of(path):
    "Reads a piece at a time: models are larger than memory."
    sha256, begins = hashlib.sha256(), b""
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            begins = begins or beginning(piece[:65536])
            sha256.update(piece)
    try:
        capabilities = os.getxattr(path, "security.capability").hex().encode()
    except OSError:
        capabilities = b""
    return [sha256.hexdigest().encode(), begins, capabilities]


def beginning(head):
    if head.startswith(b"\x7fELF"):
        return b"elf"
    if head.startswith(b"GGUF"):
        return b"gguf"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return b"data"
    return b"data" if b"\0" in head else b"text"


main(os.fsencode(sys.argv[1]), sys.argv[2:] == ["contents"])
