import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { formatDuration } from '../formats/text/size.ts';
import { exists, readText, timeOf } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import { guestLogs } from './boot-outcome.ts';

/** For so long, at most, there is no line while something waits for a guest. */
const newsSeconds = 15;
const longestLine = 140;

/** Does the work, and says meanwhile at intervals what the guest whose logs are in `folder` does. */
export async function tellingNews<T>(
  folder: string,
  progress: Progress,
  work: () => Promise<T>,
  seconds = newsSeconds,
): Promise<T> {
  const started = Date.now();
  let before: string | undefined;
  const tell = async () => {
    const line = await lastLine(folder);
    progress.note(newsOf(line, before, Date.now() - started));
    before = line;
  };
  const timer = setInterval(() => tell().catch(() => {}), seconds * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** What there is to say of a guest's last line, given the one that was told last. */
export function newsOf(line: string | undefined, before: string | undefined, milliseconds: number): string {
  const after = `after ${formatDuration(milliseconds)}`;
  if (line === undefined) return `${after} the guest has written nothing yet`;
  if (line === before) return `${after} the guest has written nothing new since: ${line}`;
  return `${after} the guest writes: ${line}`;
}

/** The last line of the log that the guest wrote to last. */
async function lastLine(folder: string): Promise<string | undefined> {
  const logs = guestLogs.map((name) => join(folder, name));
  const written: { at: number; line: string }[] = [];
  for (const path of logs) {
    const line = (await exists(path)) ? lastLineOf(await readText(path)) : undefined;
    if (line !== undefined) written.push({ at: await timeOf(path), line });
  }
  return written.sort((a, b) => b.at - a.at)[0]?.line;
}

/** The last line with something to read in it, without what steers a terminal. */
export function lastLineOf(log: string): string | undefined {
  const lines = log.slice(-8192).split(/[\r\n]+/);
  const readable = lines.map((line) =>
    stripVTControlCharacters(line)
      .replace(/\p{Cc}/gu, '')
      // A loader fills its lines up with blanks.
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return readable.findLast((line) => /\w/.test(line))?.slice(0, longestLine);
}
