"""Writes a tar of what one tree has and another has not: difference.py BELOW TREE BESIDE

An overlay of the tar's folder `difference` above BELOW shows TREE. What BELOW has and TREE has not is hidden by a
character device 0/0, as Linux' overlayfs.rst has it. The files of BESIDE stand beside the folder; the size of the tree
is added to its image.json.
"""
import filecmp, json, os, stat, sys, tarfile
below, tree, beside = sys.argv[1:]


def walk(root, folder=""):
    "All names below a folder with their facts, sorted, each before what it holds."
    for name in sorted(os.listdir(os.path.join(root, folder)), key=os.fsencode):
        path = os.path.join(folder, name)
        facts = os.lstat(os.path.join(root, path))
        yield path, facts
        if stat.S_ISDIR(facts.st_mode):
            yield from walk(root, path)


def groups(entries):
    "By name, all names in the tree of the same file; others may have links to it."
    files = {}
    for path, facts in entries.items():
        if not stat.S_ISDIR(facts.st_mode) and facts.st_nlink > 1:
            files.setdefault(facts.st_ino, []).append(path)
    return {path: names for names in files.values() for path in names}


def attributes(path):
    return {key: os.getxattr(path, key, follow_symlinks=False) for key in os.listxattr(path, follow_symlinks=False)}


def alike(path):
    "Whether both trees have the same at a path; what a folder holds does not count."
    one, two = os.path.join(below, path), os.path.join(tree, path)
    a, b = lower.get(path), upper[path]
    kept = lambda facts: (facts.st_mode, facts.st_uid, facts.st_gid, int(facts.st_mtime))
    if a is None or kept(a) != kept(b) or attributes(one) != attributes(two):
        return False
    if stat.S_ISDIR(b.st_mode):
        return True
    if lower_groups.get(path, [path]) != upper_groups.get(path, [path]):
        return False
    if stat.S_ISLNK(b.st_mode):
        return os.readlink(one) == os.readlink(two)
    return a.st_size == b.st_size and filecmp.cmp(one, two, shallow=False)


def entry_of(name, path, facts):
    entry = tarfile.TarInfo(name)
    entry.mode, entry.uid, entry.gid = stat.S_IMODE(facts.st_mode), facts.st_uid, facts.st_gid
    entry.mtime = int(facts.st_mtime)
    # PAX headers are UTF-8; tarfile writes bytes that are none back as they were.
    found = attributes(path).items()
    entry.pax_headers = {f"SCHILY.xattr.{key}": value.decode("utf-8", "surrogateescape") for key, value in found}
    return entry


def add(tar, name, path, facts, links):
    "Adds a file, folder or link; of a file with several names, the later ones as links to the first."
    entry = entry_of(name, path, facts)
    if stat.S_ISREG(facts.st_mode) and links[0] == name:
        entry.size = facts.st_size
        with open(path, "rb") as content:
            return tar.addfile(entry, content)
    if stat.S_ISDIR(facts.st_mode):
        entry.type = tarfile.DIRTYPE
    elif stat.S_ISLNK(facts.st_mode):
        entry.type, entry.linkname = tarfile.SYMTYPE, os.readlink(path)
    elif stat.S_ISREG(facts.st_mode):
        entry.type, entry.linkname = tarfile.LNKTYPE, links[0]
    else:
        sys.exit(f"{path} is neither file nor folder nor link")
    return tar.addfile(entry)


lower, upper = dict(walk(below)), {"": os.lstat(tree), **dict(walk(tree))}
lower_groups, upper_groups = groups(lower), groups(upper)
# Of a folder that is gone, the folder alone.
hidden = {path for path in lower if path not in upper and os.path.dirname(path) in upper}
hidden = {path for path in hidden if stat.S_ISDIR(upper[os.path.dirname(path)].st_mode)}
taken = {path for path in upper if path and not alike(path)}
# The folders on the way to what is taken or hidden.
for path in [*taken, *hidden]:
    while path:
        path = os.path.dirname(path)
        taken.add(path)

with open(os.path.join(beside, "image.json")) as file:
    image = json.load(file)
blocks = lambda facts: -(-facts.st_size // 4096) * 4096 if stat.S_ISREG(facts.st_mode) else 4096
image["rootBytes"] = sum(blocks(facts) for path, facts in upper.items() if upper_groups.get(path, [path])[0] == path)
with open(os.path.join(beside, "image.json"), "w") as file:
    json.dump(image, file, indent=2)

with tarfile.open(fileobj=sys.stdout.buffer, mode="w|", format=tarfile.PAX_FORMAT) as tar:
    for path, facts in walk(beside):
        for_all = os.stat_result((facts.st_mode, *facts[1:4], 0, 0, *facts[6:8], int(os.environ["SOURCE_DATE_EPOCH"]), 0))
        add(tar, path, os.path.join(beside, path), for_all, [path])
    for path in sorted(taken | hidden, key=os.fsencode):
        name = os.path.join("difference", path).rstrip("/")
        if path in hidden:
            entry = tarfile.TarInfo(name)
            entry.type = tarfile.CHRTYPE
            tar.addfile(entry)
        else:
            links = [os.path.join("difference", link) for link in upper_groups.get(path, [path])]
            add(tar, name, os.path.join(tree, path), upper[path], links if path else [name])
