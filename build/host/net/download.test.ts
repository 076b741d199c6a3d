import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { sha256 } from '../../formats/text/canonical-json.ts';
import type { ErrorCode } from '../../model/errors.ts';
import {
  type Answer,
  cut,
  type Loopback,
  ranged,
  serve,
  stalled,
  status,
  whole,
} from '../../testdata/loopback.ts';
import { type Download, download } from './download.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-download-'));
const servers: Loopback[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

const text = 'abcdefghij'.repeat(30_000);
const body = Buffer.from(text);
const pin = { size: body.length, sha256: sha256(text) };
const third = body.length / 3;
const hints = { down: 'DOWN', gone: 'GONE', changed: 'CHANGED' };

/** A server with these answers, and a download from it; `part` is what an earlier try has left. */
async function prepared(answers: Answer[], options: Partial<Download> & { part?: Buffer } = {}) {
  const { part, ...rest } = options;
  const to = join(folder, randomUUID());
  const server = await serve(body, answers, () => (existsSync(to) ? statSync(to).size : 0));
  servers.push(server);
  if (part) writeFileSync(to, part);
  const seen: number[] = [];
  const onBytes = (have: number) => seen.push(have);
  const start = () => download({ url: `${server.url}/x`, to, ...pin, hints, onBytes, ...rest });
  return { start, to, seen, requests: server.requests };
}

it.concurrent.each<
  [string, Answer[], { part?: Buffer; stallSeconds?: number }, (string | undefined)[], number]
>([
  ['in one go', [ranged], {}, [undefined], 3 * third],
  ['after three passing faults', [status(500), status(503), status(429), ranged], {}, Array(4), 3 * third],
  [
    'after a cut, asking for the rest only',
    [cut(third), ranged],
    {},
    [undefined, `bytes=${third}-`],
    3 * third,
  ],
  [
    'from the part of an earlier try',
    [ranged],
    { part: body.subarray(0, third) },
    [`bytes=${third}-`],
    2 * third,
  ],
  ['without asking when all of it is there', [ranged], { part: body }, [], 0],
  [
    'from zero where the server knows no ranges',
    [whole],
    { part: body.subarray(0, third) },
    [`bytes=${third}-`],
    3 * third,
  ],
  [
    'from zero where the part is longer than it',
    [ranged],
    { part: Buffer.concat([body, body]) },
    [undefined],
    3 * third,
  ],
  ['after a redirect', [status(302, { location: '/elsewhere' }), ranged], {}, Array(2), 3 * third],
  [
    'after a server fell silent',
    [stalled(third), ranged],
    { stallSeconds: 1 },
    [undefined, `bytes=${third}-`],
    3 * third,
  ],
])('gets the right bytes %s', async (_how, answers, options, ranges, bytes) => {
  const { start, to, requests } = await prepared(answers, options);
  expect(await start()).toEqual(pin);
  expect(readFileSync(to).equals(body)).toBe(true);
  expect(requests.map(({ range }) => range)).toEqual([...ranges]);
  expect(requests.reduce((sum, request) => sum + request.bytes, 0)).toBe(bytes);
});

it.concurrent('starts over when a part of unknown length does not fit (416)', async () => {
  const { start, requests } = await prepared([ranged], { part: body, size: undefined, sha256: undefined });
  expect(await start()).toEqual(pin);
  expect(requests.map(({ range }) => range)).toEqual([`bytes=${body.length}-`, undefined]);
});

it.concurrent.each<[string, Answer[], Partial<Download>, ErrorCode, RegExp, number]>([
  [
    'a file that is gone, at once',
    [status(404)],
    {},
    'LOCK_GONE',
    /: HTTP 404, the server does not have this file any more$/,
    1,
  ],
  ['a file that is gone for good, at once', [status(410)], {}, 'LOCK_GONE', /: HTTP 410, /, 1],
  ['a file that may not be had, at once', [status(403)], {}, 'MIRROR_DOWN', /: HTTP 403$/, 1],
  ['a server that keeps failing, after four tries', [status(500)], {}, 'MIRROR_DOWN', /: HTTP 500$/, 4],
  [
    'silence',
    [stalled(0)],
    { stallSeconds: 0.2, retries: 1 },
    'MIRROR_DOWN',
    /: no data arrived for 0\.2 s$/,
    2,
  ],
  [
    'redirects without end',
    [status(302, { location: '/x' })],
    { retries: 0 },
    'MIRROR_DOWN',
    /: Maximum number of redirects exceeded$/,
    22,
  ],
  ['a body that keeps ending early', [cut(0)], { retries: 1 }, 'MIRROR_DOWN', /\/x: \S/, 2],
])('tells of %s', async (_what, answers, options, code, message, tries) => {
  const { start, requests } = await prepared(answers, options);
  await expect(start()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  expect(requests).toHaveLength(tries);
});

it.concurrent.each([
  ['other bytes', { sha256: '0'.repeat(64) }],
  ['more bytes', { size: body.length - 1 }],
])('refuses %s than the locked ones and keeps none of them', async (_what, wrong) => {
  const { start, to, requests } = await prepared([ranged], wrong);
  await expect(start()).rejects.toMatchObject({
    code: 'HASH_MISMATCH',
    message: expect.stringContaining(`got ${pin.size} bytes with sha256 ${pin.sha256}`),
  });
  expect(existsSync(to)).toBe(false);
  expect(requests).toHaveLength(1);
});

it.concurrent('keeps what has arrived when it gives up, for the next try', async () => {
  const { start, to } = await prepared([cut(third)], { retries: 0 });
  await expect(start()).rejects.toMatchObject({ code: 'MIRROR_DOWN' });
  expect(readFileSync(to)).toHaveLength(third);
});

it.concurrent('counts bytes of earlier tries once', async () => {
  const { start, seen } = await prepared([cut(third), ranged]);
  await start();
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(body.length);
});

it.concurrent('asks for bytes as they are, since packed ones could not be resumed', async () => {
  const { start, requests } = await prepared([ranged]);
  await start();
  expect(requests).toMatchObject([{ encoding: 'identity' }]);
});

it.concurrent('says that nobody listens there', async () => {
  const { url, close } = await serve(body, [ranged]);
  close();
  const failed = download({ url: `${url}/x`, to: join(folder, 'refused'), hints, retries: 1 });
  const message = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/x: connect ECONNREFUSED 127/);
  await expect(failed).rejects.toMatchObject({ code: 'MIRROR_DOWN', message, hint: 'DOWN' });
});

it('gives every address that was tried where a name has several', async () => {
  const failed = download({ url: 'http://localhost:9/x', to: join(folder, 'several'), hints, retries: 0 });
  await expect(failed).rejects.toMatchObject({
    code: 'MIRROR_DOWN',
    message: expect.stringMatching(/^http:\/\/localhost:9\/x: connect ECONNREFUSED \S+:9/),
  });
});

it.each(['abc', '0', '-1', 'NaN'])('refuses %s for INGOT_STALL_SECONDS by its name', async (seconds) => {
  vi.stubEnv('INGOT_STALL_SECONDS', seconds);
  const failed = download({ url: 'http://127.0.0.1:9/x', to: join(folder, 'patience'), hints });
  await expect(failed).rejects.toMatchObject({
    code: 'USAGE',
    message: `INGOT_STALL_SECONDS is ${seconds}, which is no number of seconds`,
  });
  vi.unstubAllEnvs();
});
