/**
 * Shell that copies /inputs/root to /scratch/ordered, in memory, where every folder lists its names sorted. mkfs.xfs fills
 * a file system in the order in which folders list their names, and that of ext4 hangs on a random number of each file
 * system; tmpfs lists names as they came, or the last first, as the kernel's version has it. The memory is free again
 * when the sandbox ends. tar makes links at once where names are absolute, and for a while has files in their place else.
 */
export const rootInOrder = `
need=$(du --summarize --block-size=1K /inputs/root | cut --fields=1)
have=$(sed -n 's/^MemAvailable: *\\([0-9]*\\) kB$/\\1/p' /proc/meminfo)
[ "$have" -gt "$need" ] || {
  echo "Cannot allocate memory: $((need / 1024)) MiB for the root while its disk is made; $((have / 1024)) MiB are free"
  exit 1
} >&2
mkdir ordered
mount -t tmpfs -o mode=0755,size="$have"k,nr_inodes=0 ordered ordered
mkdir ordered/probe
touch ordered/probe/1
touch ordered/probe/2
[ "$(ls -U ordered/probe | head -n 1)" = 1 ] && way= || way=--reverse
rm -r ordered/probe
(
  cd /inputs/root
  # Whatever is in a folder comes right before or right after it, and not behind names that continue its own.
  find . -print0 | tr / '\\001' | LC_ALL=C sort --zero-terminated $way | tr '\\001' / |
    tar --create --format=posix --no-recursion --null --verbatim-files-from --files-from=- --numeric-owner --xattrs
) | tar --extract --directory=ordered --preserve-permissions --numeric-owner --delay-directory-restore \\
  --absolute-names --xattrs --xattrs-include='*'
listing() { (cd ordered; LC_ALL=C ls -AR "$@" | sha256sum); }
[ "$(listing)" = "$(listing -U)" ] || { echo 'tmpfs of this kernel lists names in no order of their making'; exit 1; } >&2
`;
