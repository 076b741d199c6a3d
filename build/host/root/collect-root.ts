import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import type { RootEntry, RootFacts } from '../../model/root-facts.ts';
import { runInside } from '../run/sandbox.ts';
import { verifyChanged } from './altered-files.ts';

/** Reads a root tree's facts with the tools tree's own programs; both trees are mounted read-only. */
export async function collectRoot(options: {
  tools: string;
  root: string;
  /** The stage whose tree of packages the root was made of by hard links. */
  packages: string;
  /** Text files are searched for this extended regular expression. */
  pattern: string;
  scratch: string;
  sourceDateEpoch: number;
  log?: string;
}): Promise<RootFacts> {
  const { tools, root, packages, pattern, scratch, sourceDateEpoch, log } = options;
  const sandbox = {
    tools,
    work: scratch,
    inputs: { '/inputs/root': root, '/inputs/packages': packages },
    sourceDateEpoch,
  };
  const script = `(${verifyChanged}) & verify=$!\n${search}\n${survey}\nwait "$verify"`;
  // Nothing waits for it but the image's end, and its disk is made at the same time.
  await runInside(sandbox, ['nice', 'sh', '-euc', script, 'collect', '/inputs/root', pattern], { log });
  return readFacts(scratch);
}

/** Searches all text files for the pattern `$2`. */
export const search = `
(cd "$1"; grep --recursive --binary-files=without-match --null --only-matching --extended-regexp -e "$2" .) \\
  > /scratch/matches || [ $? -eq 1 ]
`;

/** Files whose text checks may ask for, by path as find(1) tells it. */
const smallFiles = [
  './(etc|root|home|var/spool|usr/lib/systemd/(system|user|system-preset)|usr/lib/sysusers.d)/.*',
  './var/lib/dpkg/([^/]*|(alternatives|triggers|updates)/.*|info/.*[.]list)',
  './(usr/lib/os-release|var/cache/debconf/passwords.dat)',
].join('|');

/**
 * Lists the root at `$1` into /scratch, with NUL after every field, for names may hold anything.
 * The small files go into a tar: only inside the sandbox can the tree be seen as the image will have it.
 */
export const survey = `
cd "$1"
find . -xdev -printf '%P\\0%y\\0%m\\0%U\\0%G\\0%s\\0%T@\\0%l\\0' > /scratch/entries
find . -xdev -type f -size -512k -regextype posix-extended -regex '${smallFiles}' \\
  ! -path './etc/ssl/certs/*' -printf '%P\\0' > /scratch/small
tar --create --null --verbatim-files-from --files-from=/scratch/small --file=/scratch/texts.tar
python3 - > /scratch/attributes <<'PYTHON'
import os, sys
for path in open("/scratch/entries", "rb").read().split(b"\\0")[::8]:
    for key in os.listxattr(path, follow_symlinks=False) if path else []:
        sys.stdout.buffer.write(path + b"\\0" + os.fsencode(key) + b"\\0")
PYTHON
`;

/** What the scripts above and `verify` left in a folder. */
export async function readFacts(folder: string): Promise<RootFacts> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    entries: fields(await read('entries'), 8).map(entryOf),
    texts: await readTexts(join(folder, 'texts.tar')),
    attributes: fields(await read('attributes'), 2).map(([path, name]) => ({ path: path!, name: name! })),
    matches: [...(await read('matches')).matchAll(/^\.\/([^\0]*)\0(.*)$/gm)].map(([, path, text]) => ({
      path: path!,
      text: text!,
    })),
    altered: [...(await read('altered')).matchAll(/^(\S+) .*? \/(.*)$/gm)].map(([, how, path]) => ({
      path: path!,
      how: how!,
    })),
  };
}

/** Groups of `count` fields, each ended by NUL. */
function fields(text: string, count: number): string[][] {
  const all = text.split('\0');
  return Array.from({ length: Math.floor(all.length / count) }, (_, row) =>
    all.slice(row * count, (row + 1) * count),
  );
}

function entryOf([path, kind, mode, uid, gid, size, mtime, to]: string[]): RootEntry {
  return {
    path: path!,
    kind: kind as RootEntry['kind'],
    mode: Number.parseInt(mode!, 8),
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    mtime: Number(mtime),
    to: to!,
  };
}

async function readTexts(tar: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const files = createReadStream(tar).pipe(extract());
  for await (const file of files) texts.set(file.header.name, await readAll(file));
  return texts;
}
