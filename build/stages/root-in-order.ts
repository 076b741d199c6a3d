/**
 * Shell that shows /inputs/root as /scratch/ordered/root, where every folder lists its names sorted. mkfs.xfs fills a file
 * system in the order in which folders list their names, and that of ext4 depends on a random number of each file system;
 * tmpfs lists names as they came, or the last first, as the kernel's version has it. So a tmpfs has the names, each with
 * what stat(2) tells of it, and an overlay finds the contents where they are (Linux' overlayfs.rst, "Metadata only copy
 * up"): a folder of the tmpfs hides the one below. Where no overlay can be, as on two others, contents are copied. The
 * memory is free again when the sandbox ends.
 */
export const rootInOrder = `
mkdir ordered memory
have=$(sed -n 's/^MemAvailable: *\\([0-9]*\\) kB$/\\1/p' /proc/meminfo)
mount -t tmpfs -o mode=0755,size="$have"k,nr_inodes=0 memory memory
mkdir -p memory/names/root
show() { mount -t overlay -o ro,lowerdir=memory/names:/inputs/root,metacopy=on,redirect_dir=follow overlay ordered; }
if show 2> /dev/null; then
  umount ordered
  way=layered
else
  way=copied
  show() { mount --bind memory/names ordered; }
  need=$(du --summarize --block-size=1K /inputs/root | cut --fields=1)
  [ "$have" -gt "$need" ] || {
    echo "Cannot allocate memory: $((need / 1024)) MiB for the root while its disk is made; $((have / 1024)) MiB are free"
    exit 1
  } >&2
fi
python3 - /inputs/root memory/names/root "$way" <<'end'
import os, shutil, stat, sys
root, to, way = sys.argv[1:]
for name in "12": os.mkdir(to + "/" + name)
last_first = os.listdir(to) != ["1", "2"]
for name in "12": os.rmdir(to + "/" + name)
first_name = {}
# The time of last access depends on what has happened to a file here, and mkfs.ext4 copies it.
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
    "A file's further names are links to its first; what a folder has for a link count is none."
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
end
show
listing() { (cd ordered/root; LC_ALL=C ls -AR "$@" | sha256sum); }
[ "$(listing)" = "$(listing -U)" ] || { echo 'tmpfs of this kernel lists names in no order of their making'; exit 1; } >&2
`;
