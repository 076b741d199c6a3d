import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutPassword } from '../../formats/text/url.ts';
import { IngotError } from '../../model/errors.ts';
import { exists, fileSize } from '../fs/files.ts';
import { readChunks } from '../fs/read-chunks.ts';
import { interrupted, throwIfInterrupted } from '../interrupt.ts';
import { explainFault, type Fault, type Hints, isFinal } from './fault.ts';
import { request } from './request.ts';

export interface Download {
  url: string;
  /** Where the bytes go; a part left here by an earlier try is resumed. */
  to: string;
  /** Pinned facts, checked when given. */
  size?: number;
  sha256?: string;
  hints: Hints;
  /** Called with the bytes that are there so far, those of earlier tries among them. */
  onBytes?: (have: number) => void;
  /** Tries after a passing fault (5xx, reset, cut body). Default 3. */
  retries?: number;
  /** Seconds without a byte after which a try counts as failed. Default $INGOT_STALL_SECONDS, or 30. */
  stallSeconds?: number;
}

/** Fetches one URL to a file, streamed, resuming by byte range; returns size and SHA-256 of what arrived. */
export async function download(options: Download): Promise<{ size: number; sha256: string }> {
  const retries = options.retries ?? 3;
  for (let attempt = 0; ; attempt++) {
    let arrived: string;
    try {
      arrived = await transfer(options);
    } catch (error) {
      throwIfInterrupted();
      if (error instanceof IngotError) throw error;
      if (ownLimits.includes((error as NodeJS.ErrnoException).code!)) throw error;
      const fault = error as Fault;
      if (isFinal(fault) || attempt >= retries) throw explainFault(options.url, fault, options.hints);
      await sleep(250 * 2 ** attempt);
      continue;
    }
    return check(options, arrived);
  }
}

/** What this machine has too little of, whatever the server does. */
const ownLimits = ['ENOSPC', 'EMFILE', 'ENFILE'];

/** Seconds; a slow line may need more, a test less. */
function patience(): number {
  const given = process.env.INGOT_STALL_SECONDS;
  const seconds = Number(given || 30);
  if (seconds > 0 && seconds < 1e6) return seconds;
  throw new IngotError('USAGE', `INGOT_STALL_SECONDS is ${given}, which is no number of seconds`, {
    hint: 'INGOT_STALL_SECONDS=120 waits two minutes for a byte before it tries again',
  });
}

/** Returns the SHA-256 of the whole file, which is taken while it arrives. */
async function transfer({
  url,
  to,
  size,
  sha256,
  onBytes,
  stallSeconds = patience(),
}: Download): Promise<string> {
  let have = (await exists(to)) ? await fileSize(to) : 0;
  const kept = createHash('sha256');
  if (have) for await (const chunk of readChunks(to)) kept.update(chunk);
  if (size !== undefined && have >= size) {
    const digest = kept.digest('hex');
    if (have === size && (sha256 === undefined || digest === sha256)) return digest;
    // Left by an earlier try, and not what is wanted: the server is asked for all of it.
    await rm(to, { force: true });
    have = 0;
  }
  const stall = new AbortController();
  const giveUp = () => stall.abort(new Error(`no data arrived for ${stallSeconds} s`));
  const timer = setTimeout(giveUp, stallSeconds * 1000);
  try {
    const signal = AbortSignal.any([interrupted, stall.signal]);
    // A body packed on the way could not be resumed by range.
    const headers = { 'accept-encoding': 'identity', ...(have ? { range: `bytes=${have}-` } : {}) };
    const response = await request(url, { headers, signal });
    const status = response.statusCode!;
    const good = status >= 200 && status <= 299;
    if (!good) response.destroy();
    if (status === 416) {
      await rm(to, { force: true });
      throw Object.assign(new Error('the part that was kept does not match; starting over'), { status });
    }
    if (!good)
      throw Object.assign(new Error(`HTTP ${status}`), {
        status,
        final: status < 500 && status !== 408 && status !== 429,
      });
    const resumed = status === 206;
    const hash = resumed ? kept : createHash('sha256');
    let there = resumed ? have : 0;
    response.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      there += chunk.length;
      onBytes?.(there);
      timer.refresh();
    });
    await pipeline(response, createWriteStream(to, { flags: resumed ? 'a' : 'w' }), { signal });
    if (size !== undefined && (await fileSize(to)) < size) throw new Error('the body ended early');
    return hash.digest('hex');
  } finally {
    clearTimeout(timer);
  }
}

async function check(
  { url, to, size, sha256, hints }: Download,
  arrived: string,
): Promise<{ size: number; sha256: string }> {
  const actual = { size: await fileSize(to), sha256: arrived };
  if ((size !== undefined && actual.size !== size) || (sha256 !== undefined && actual.sha256 !== sha256)) {
    await rm(to);
    throw new IngotError(
      'HASH_MISMATCH',
      `${withoutPassword(url)}: got ${actual.size} bytes with sha256 ${actual.sha256}, but ${size === undefined ? `${sha256} is wanted` : `the lock has ${size} bytes with ${sha256}`}`,
      { hint: hints.changed },
    );
  }
  return actual;
}
