import { readFile } from 'node:fs/promises';
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

/** What survey.py lists of a name. */
export interface SurveyRow {
  entry: RootEntry;
  /** Names of extended attributes. */
  attributes: string[];
  content: Pick<SurveyedEntry, 'sha256' | 'content' | 'capabilities'>;
}

const fieldCount = 12;

/** What survey.py wrote to a file, the tree's own top first. */
export async function readSurvey(file: string): Promise<SurveyRow[]> {
  const fields = (await readFile(file, 'utf8')).split('\0');
  return Array.from({ length: Math.floor(fields.length / fieldCount) }, (_, row) =>
    rowOf(fields.slice(row * fieldCount, (row + 1) * fieldCount)),
  );
}

/** What survey.py wrote to a file with contents, the tree's own top left out; only files have a size. */
export async function readContents(file: string): Promise<SurveyedEntry[]> {
  const rows = (await readSurvey(file)).filter(({ entry }) => entry.path);
  return rows.map(({ entry: { mtime: _, ...entry }, content }) => ({
    ...entry,
    size: entry.kind === 'f' ? entry.size : 0,
    ...content,
  }));
}

function rowOf(fields: string[]): SurveyRow {
  const [path, kind, mode, uid, gid, size, mtime, to, attributes, sha256, content, capabilities] = fields as [
    string,
    ...string[],
  ];
  return {
    entry: {
      path,
      kind: kind as RootEntry['kind'],
      mode: Number.parseInt(mode!, 8),
      uid: Number(uid),
      gid: Number(gid),
      size: Number(size),
      mtime: Number(mtime),
      to: to!,
    },
    attributes: attributes!.split('\n').filter(Boolean),
    content: {
      sha256: sha256!,
      content: content as SurveyedEntry['content'],
      capabilities: capabilities!,
    },
  };
}
