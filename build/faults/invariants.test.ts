import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { sha256 } from '../formats/text/canonical-json.ts';
import { faultStoreAt } from './fault-store.ts';
import { harm, leaks, look, partialFiles, untold } from './invariants.ts';

// The harness itself: each invariant, broken on purpose, is seen to be.
const folder = mkdtempSync(join(tmpdir(), 'ingot-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const image = { path: '', sha256: sha256('an image'), lock: [] };
const stages = [{ name: 'root image', id: 'made' }];
const place = faultStoreAt(join(folder, 'place'), {
  image,
  source: join(folder, 'source'),
  stages,
  enter: [],
  seen: (path) => path,
});
const put = (path: string, text: string) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
};

beforeEach(() => {
  rmSync(place.folder, { recursive: true, force: true });
  put(join(place.source, 'stages/made/root/etc/motd'), 'hello');
  put(join(place.store, 'files', sha256('package')), 'package');
});

it('finds nothing wrong where nothing is', async () => {
  const before = look(place);
  put(join(place.out, 'x.iso'), 'an image');
  put(join(place.out, 'x.iso.json'), '{}');
  put(join(place.store, 'stages/made/root/etc/motd'), 'hello');
  put(join(place.store, 'files', sha256('other')), 'other');
  expect([
    ...partialFiles(place, before),
    ...harm(place, before, []),
    ...(await leaks(place, 'done')),
  ]).toEqual([]);
});

it.each([
  ['half an image', 'out/x.iso', 'an ima', 'x.iso is not the image'],
  ['half a record', 'out/x.iso.json', '{"fi', 'x.iso.json is no JSON'],
  [
    'half a package',
    `store/files/${sha256('other')}`,
    'oth',
    `files/${sha256('other')} is not what its name says`,
  ],
  ['half a stage', 'store/stages/made/root/etc/motd', 'hel', 'stage root image: root/etc/motd'],
  ['a stage with more in it', 'store/stages/made/root/etc/issue', '', 'stage root image: root/etc/issue'],
])('(a) sees %s at a final path', (_what, path, text, problem) => {
  const before = look(place);
  put(join(place.folder, path), text);
  expect(partialFiles(place, before)).toContain(problem);
});

it.each(['store/temporary/left/file', 'store/build.lock', 'tmp/mmdebstrap.x', 'out/x.iso.1.tmp'])(
  '(c) sees that %s was left, unless the next build is still to come',
  async (path) => {
    put(join(place.folder, path), '');
    expect(await leaks(place, 'still to come')).toEqual([]);
    expect(await leaks(place, 'done')).toHaveLength(1);
  },
);

it('(c) sees a process that still runs in the place', async () => {
  const child = spawn('sleep', ['60'], { cwd: place.folder });
  expect(await leaks(place, 'still to come')).toEqual([expect.stringMatching(/^process \d+ sleep 60/)]);
  child.kill();
  await once(child, 'exit');
});

const ended = { status: 5, signal: null, stdout: '', peakMiB: 0 };
const begun = '{"event":"begin","step":"iso"}\n';
const error = (message: string, hint?: string) =>
  `${begun}${JSON.stringify({ error: 'DISK_FULL', message, hint })}\n`;
it.each([
  ['an exit as if it were well', { status: 0, stderr: error('stage iso: full', 'x') }, /exit status is 0/],
  [
    'another error',
    { stderr: error('stage iso: x', 'x').replace('DISK_FULL', 'NOT_ROOT') },
    /error is NOT_ROOT/,
  ],
  ['a message without the stage', { stderr: error('full', 'x') }, /does not name iso/],
  ['a message without a remedy', { stderr: error('stage iso: full') }, /no remedy/],
  ['no message', { stderr: begun }, /tells no error/],
])('(d) sees %s', (_what, how, problem) => {
  const problems = untold({ ...ended, ...how }, { codes: ['DISK_FULL'] });
  expect(problems).toEqual([expect.stringMatching(problem)]);
});

it.each([
  ['written to', () => put(join(place.store, 'files', sha256('package')), 'packagf')],
  ['removed', () => rmSync(join(place.store, 'files', sha256('package')))],
])('(e) sees an entry of the store that was %s, unless the fault itself did it', (_what, change) => {
  const before = look(place);
  change();
  expect(harm(place, before, [])).toHaveLength(1);
  expect(harm(place, before, [`files/${sha256('package')}`])).toEqual([]);
});
