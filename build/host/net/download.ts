import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import followRedirects from 'follow-redirects';
import { IngotError } from '../../model/errors.ts';
import { exists, fileSize } from '../fs/files.ts';
import { readChunks } from '../fs/read-chunks.ts';
import { interrupted, throwIfInterrupted } from '../interrupt.ts';

export interface Download {
  url: string;
  /** Where the bytes go; a part left here by an earlier try is resumed. */
  to: string;
  /** Pinned facts, checked when given. */
  size?: number;
  sha256?: string;
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
      if (ownLimits.includes((error as NodeJS.ErrnoException).code!)) throw error;
      const fault = error as Fault;
      if (fault.final || attempt >= retries) throw asIngotError(options.url, fault);
      await sleep(250 * 2 ** attempt);
      continue;
    }
    return check(options, arrived);
  }
}

/** A failed try; `final` ones are not repeated. */
interface Fault extends Error {
  final?: boolean;
  status?: number;
}

/** What this machine has too little of, whatever the server does. */
const ownLimits = ['ENOSPC', 'EMFILE', 'ENFILE'];

/** Seconds; a slow line may need more, a test less. */
const patience = Number(process.env.INGOT_STALL_SECONDS ?? 30);

/** Returns the SHA-256 of the whole file, which is taken while it arrives. */
async function transfer({
  url,
  to,
  size,
  sha256,
  onBytes,
  stallSeconds = patience,
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

/**
 * The answer's head, after redirects. For hundreds of files, fetch() takes much more of the processor's time.
 */
function request(url: string, options: RequestOptions): Promise<IncomingMessage> {
  const { get } = url.startsWith('https:') ? followRedirects.https : followRedirects.http;
  return new Promise((resolve, reject) => {
    get(url, options, resolve).on('error', reject);
  });
}

async function check(
  { url, to, size, sha256 }: Download,
  arrived: string,
): Promise<{ size: number; sha256: string }> {
  const actual = { size: await fileSize(to), sha256: arrived };
  if ((size !== undefined && actual.size !== size) || (sha256 !== undefined && actual.sha256 !== sha256)) {
    await rm(to);
    throw new IngotError(
      'HASH_MISMATCH',
      `${url}: got ${actual.size} bytes with sha256 ${actual.sha256}, but the lock has ${size} bytes with ${sha256}`,
      {
        hint: 'the server has other bytes than the lock; check the mirror, or write a new lock with --update',
      },
    );
  }
  return actual;
}

function asIngotError(url: string, fault: Fault): IngotError {
  if (fault.status === 404 || fault.status === 410)
    return new IngotError(
      'LOCK_GONE',
      `${url}: HTTP ${fault.status}, the server does not have this file any more`,
      {
        hint: 'name a mirror or snapshot that has it, or run ingot lock <recipe> --update',
      },
    );
  const reason = fault.cause instanceof Error ? fault.cause.message : fault.message;
  return new IngotError('MIRROR_DOWN', `${url}: ${reason}`, {
    hint: 'check the network, or set INGOT_DEBIAN_MIRROR to a mirror that answers; what arrived so far is kept',
    cause: fault,
  });
}
