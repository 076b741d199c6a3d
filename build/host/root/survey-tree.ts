import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RootEntry } from '../../model/root-facts.ts';

/** One name in a tree with what can be told of its content. */
export interface SurveyedEntry extends Omit<RootEntry, 'mtime'> {
  /** Of a file. */
  sha256: string;
  /** What a file begins with. */
  content: '' | 'elf' | 'gguf' | 'text' | 'data';
  /** File capabilities in hex. */
  capabilities: string;
}

/**
 * Lists the tree at `/scratch/$1` and hashes its files, a piece at a time, into `/scratch/$1.survey`, with NUL after every
 * field, for names may hold anything.
 */
export const survey = `
python3 - "$1" <<'PYTHON'
import codecs, hashlib, os, stat, sys
top = os.fsencode("/scratch/" + sys.argv[1])
out = open(top + b".survey", "wb")
kinds = {stat.S_IFREG: b"f", stat.S_IFDIR: b"d", stat.S_IFLNK: b"l", stat.S_IFCHR: b"c",
         stat.S_IFBLK: b"b", stat.S_IFIFO: b"p", stat.S_IFSOCK: b"s"}

def content(head):
    if head.startswith(b"\\x7fELF"): return b"elf"
    if head.startswith(b"GGUF"): return b"gguf"
    try: codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError: return b"data"
    return b"data" if b"\\0" in head else b"text"

def tell(path):
    found = os.lstat(path)
    kind, size, to, digest, what, capabilities = kinds[stat.S_IFMT(found.st_mode)], 0, b"", b"", b"", b""
    if kind == b"l": to = os.readlink(path)
    if kind in b"cb": to = b"%d:%d" % (os.major(found.st_rdev), os.minor(found.st_rdev))
    if kind == b"f":
        sha = hashlib.sha256()
        with open(path, "rb") as file:
            while piece := file.read(1 << 20):
                if not size: what = content(piece[:65536])
                sha.update(piece)
                size += len(piece)
        digest = sha.hexdigest().encode()
        try: capabilities = os.getxattr(path, "security.capability").hex().encode()
        except OSError: pass
    mode = b"%o" % stat.S_IMODE(found.st_mode)
    fields = [path[len(top) + 1:], kind, mode, b"%d" % found.st_uid, b"%d" % found.st_gid, b"%d" % size, to]
    out.write(b"\\0".join(fields + [digest, what, capabilities]) + b"\\0")

tell(top)
for folder, folders, files in os.walk(top):
    for name in sorted(folders + files): tell(os.path.join(folder, name))
PYTHON
`;

const fieldCount = 10;

/** What `survey` left of the tree `name` in the folder `work`, the tree's own top left out. */
export async function readSurvey(work: string, name: string): Promise<SurveyedEntry[]> {
  const fields = (await readFile(join(work, `${name}.survey`), 'utf8')).split('\0');
  const rows = Array.from({ length: Math.floor(fields.length / fieldCount) }, (_, row) =>
    fields.slice(row * fieldCount, (row + 1) * fieldCount),
  );
  return rows.filter(([path]) => path).map(entryOf);
}

function entryOf([
  path,
  kind,
  mode,
  uid,
  gid,
  size,
  to,
  sha256,
  content,
  capabilities,
]: string[]): SurveyedEntry {
  return {
    path: path!,
    kind: kind as SurveyedEntry['kind'],
    mode: Number.parseInt(mode!, 8),
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    to: to!,
    sha256: sha256!,
    content: content as SurveyedEntry['content'],
    capabilities: capabilities!,
  };
}
