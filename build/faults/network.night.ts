import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { type Answer, cut, stalled, status, whole } from '../testdata/loopback.ts';
import { assertInvariants, injectFault, type Verdict } from './case.ts';
import { breakEveryStep, signalFault } from './chain.ts';
import { lockOf, prepare, sharedStore, stageFolder, startBuild } from './fault-store.ts';
import type { Expected } from './invariants.ts';
import { type Mirror, startMirror } from './mirror.ts';
import { bounded, chosen, oneOf, randomOf } from './random.ts';

const place = sharedStore();
const random = randomOf('network');
const packages = lockOf(place).tools.filter(({ size }) => size > 2000 && size < 200_000);

let mirror: Mirror;
beforeAll(async () => {
  mirror = await startMirror(place);
});
afterAll(() => mirror.close());

const reset: Answer = (_request, response) => void response.socket?.destroy();
/** The body in eight parts, one in a quarter of a second. */
const slow: Answer = (_request, response, body) => {
  response.writeHead(200, { 'content-length': body.length });
  const step = Math.ceil(body.length / 8);
  const parts = Array.from({ length: 8 }, (_, index) => body.subarray(index * step, (index + 1) * step));
  const next = () => {
    const part = parts.shift();
    if (!part) return response.end();
    response.write(part);
    setTimeout(next, 250);
  };
  next();
};
/** Another body than the mirror's own. */
const other =
  (change: (body: Buffer) => Buffer): Answer =>
  (request, response, body, stored) =>
    whole(request, response, change(body), stored);
const flipped = other((body) => {
  const swapped = Buffer.from(body);
  swapped[Math.floor(body.length / 2)]! ^= 1;
  return swapped;
});

const down: Expected = { codes: ['MIRROR_DOWN'], says: /http:\/\/127.*INGOT_DEBIAN_MIRROR/ };
const mismatch: Expected = { codes: ['HASH_MISMATCH'], says: /http:\/\/127.*but the lock has/ };
/** Each of these ends the build in the first stage that is still to do. */
const fatal: [name: string, answers: Answer[], expected: Expected][] = [
  ['HTTP 404', [status(404)], { codes: ['LOCK_GONE'], says: /no longer has .*--update/ }],
  ['HTTP 500 for ever', [status(500)], down],
  ['no answer', [() => {}], down],
  ['a body that stops and never ends', [stalled(1000)], down],
  ['a truncated body', [other((body) => body.subarray(0, 1000))], down],
  ['a reset connection', [reset], down],
  ['a swapped .deb of the same size', [flipped], mismatch],
  ['a .deb of another size', [other((body) => Buffer.concat([body, body]))], mismatch],
  ['an empty body', [other(() => Buffer.alloc(0))], down],
];
/** These pass, and the build goes on. */
const passing: [name: string, answers: Answer[]][] = [
  ['HTTP 500 twice, then the file', [status(500), status(500), whole]],
  ['a cut line, then the file', [cut(0), whole]],
  ['a slow body', [slow]],
];

test('a build whose packages come badly fails until they come well, and ends in the identical image', async () => {
  const [first, second] = place.stages.map(({ name }) => name);
  prepare(place, first);
  const kind = 'network';
  const env = { INGOT_DEBIAN_MIRROR: mirror.url, INGOT_STALL_SECONDS: '2' };
  const verdicts: Verdict[] = [];
  for (const [name, answers, expected] of chosen(fatal, 5, random)) {
    const victim = spoil(answers);
    const fault = async () => ({ ended: await startBuild(place, { env }).ended, expected });
    const undo = () => mirror.faults.clear();
    verdicts.push(await injectFault({ kind, name: `${name} for ${victim}`, place, fault, undo }));
  }
  for (const [name, answers] of passing) {
    rmSync(stageFolder(place, first!), { recursive: true, force: true });
    const victim = spoil(answers);
    verdicts.push(
      await injectFault({ kind, name: `${name} for ${victim}`, place, fault: () => fetchOnly(second!, env) }),
    );
  }
  if (bounded) await breakEveryStep({ place, fault: () => signalFault(random), random, before: verdicts });
  else await assertInvariants(verdicts);
});

/** A build that is stopped when it has come through fetching. */
async function fetchOnly(next: string, env: Record<string, string>) {
  const build = startBuild(place, { env });
  await build.begins(next);
  build.child.kill('SIGTERM');
  const expected: Expected = { codes: ['INTERRUPTED'], says: new RegExp(`^stage ${next}: `) };
  return { ended: await build.ended, expected };
}

/** Lets the mirror answer so for a package that is not in the store; returns its name. */
function spoil(answers: Answer[]): string {
  const victim = oneOf(packages, random);
  rmSync(join(place.store, 'files', victim.sha256), { force: true });
  mirror.faults.set(`/${victim.path}`, answers);
  return victim.name;
}
