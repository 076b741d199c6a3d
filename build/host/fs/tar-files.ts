import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { interrupted } from '../interrupt.ts';

/** A member of an archive: a short text, or a file that is streamed. */
export type Member = { name: string } & ({ text: string } | { file: string });

/**
 * Writes a ustar archive of these members in this order, all of one time in seconds since 1970, of no user.
 */
export async function writeTarOfFiles(members: Member[], sourceDateEpoch: number, to: string): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, createWriteStream(to), { signal: interrupted });
  const filled = (async () => {
    for (const member of members) await add(member);
    archive.finalize();
  })();
  await Promise.all([filled, written]).catch(async (error) => {
    // The file is closed, or was never made, before the error is passed on.
    archive.destroy();
    await written.catch(() => {});
    throw error;
  });

  async function add(member: Member): Promise<void> {
    const size = 'text' in member ? Buffer.byteLength(member.text) : (await stat(member.file)).size;
    const mtime = new Date(sourceDateEpoch * 1000);
    const entry = archive.entry({ name: member.name, size, mode: 0o644, uid: 0, gid: 0, mtime });
    if ('text' in member) entry.end(member.text);
    else
      await pipeline(createReadStream(member.file, { highWaterMark: 1 << 20 }), entry, {
        signal: interrupted,
      });
  }
}
