import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { validRecord } from '../../schema/fixture.ts';
import { runProgram } from '../../testdata/program.ts';
import { setTime } from '../fs/files.ts';
import { makeFolder } from '../fs/folders.ts';
import { type Delivery, deliver } from './deliver.ts';

let folder: string;
let out: string;
let artifact: string;
const time = 1767323045;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-deliver-'));
  out = join(folder, 'out');
  artifact = join(folder, 'image.iso');
  await makeFolder(join(folder, 'attested'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a file of these bytes into the store, with sidecars that name it, and says how it is delivered. */
async function making(bytes: string, { madeWith = bytes, made = false } = {}): Promise<Delivery> {
  rmSync(artifact, { force: true });
  writeFileSync(artifact, bytes);
  await setTime(artifact, time);
  for (const name of ['spdx.json', 'cdx.json'])
    writeFileSync(join(folder, 'attested', name), `${name} of ${bytes}\n`);
  return {
    artifact,
    made,
    attested: join(folder, 'attested'),
    record: { ...validRecord(), size: bytes.length, sha256: sha256(madeWith) },
    folder: out,
    sourceDateEpoch: time,
  };
}

async function delivering(bytes: string, options?: { madeWith?: string; made?: boolean }): Promise<string> {
  return deliver(await making(bytes, options));
}

it('puts everything beside the artifact, and sums that sha256sum finds right', async () => {
  const path = await delivering('first');
  const { file } = validRecord();
  expect(path).toBe(join(out, file));
  expect(readdirSync(out).sort()).toEqual([
    file,
    `${file}.SHA256SUMS`,
    `${file}.cdx.json`,
    `${file}.json`,
    `${file}.spdx.json`,
  ]);
  const { status, stdout } = await runProgram(
    ['sha256sum', '--check', '--strict', `${file}.SHA256SUMS`],
    out,
  );
  expect([status, stdout.match(/: OK/g)?.length]).toEqual([0, 4]);
});

it.each([
  ["the store's own file where it can be", tmpdir(), true],
  ['a copy with the same time on another file system', '/dev/shm', false],
])('delivers %s', async (_what, parent, same) => {
  out = mkdtempSync(join(parent, 'ingot-deliver-out-'));
  try {
    const delivered = statSync(await delivering('an image'));
    expect(delivered.ino === statSync(artifact).ino && delivered.dev === statSync(artifact).dev).toBe(same);
    expect(delivered.mtimeMs).toBe(time * 1000);
  } finally {
    rmSync(out, { recursive: true });
  }
});

it('leaves alone what is there already, with its signatures', async () => {
  const path = await delivering('first');
  writeFileSync(`${path}.SHA256SUMS.minisig`, 'signature');
  const before = readdirSync(out).map((name) => statSync(join(out, name)).ino);
  await delivering('first');
  expect(readdirSync(out).map((name) => statSync(join(out, name)).ino)).toEqual(before);
});

it('removes the signatures of another build', async () => {
  const path = await delivering('first');
  for (const kind of ['minisig', 'sig']) writeFileSync(`${path}.SHA256SUMS.${kind}`, 'signature');
  await delivering('second');
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(readFileSync(`${path}.spdx.json`, 'utf8')).toBe('spdx.json of second\n');
  expect(readdirSync(out).filter((name) => name.endsWith('sig'))).toEqual([]);
});

it.each(['cdx.json', 'SHA256SUMS', 'json'])(
  'mends %s when somebody changed or removed it',
  async (suffix) => {
    const path = await delivering('first');
    const text = readFileSync(`${path}.${suffix}`, 'utf8');
    writeFileSync(`${path}.${suffix}`, 'changed');
    await delivering('first');
    expect(readFileSync(`${path}.${suffix}`, 'utf8')).toBe(text);
    rmSync(`${path}.${suffix}`);
    await delivering('first');
    expect(existsSync(`${path}.${suffix}`)).toBe(true);
  },
);

it('leaves no record beside an artifact that did not arrive', async () => {
  const path = await delivering('first');
  rmSync(path);
  // Something that cannot be replaced stands where the artifact is to be.
  await makeFolder(join(path, 'in-the-way'));
  await expect(delivering('second')).rejects.toThrow();
  expect(readdirSync(out).filter((name) => /\.(json|SHA256SUMS|tmp)$/.test(name))).toEqual([
    `${validRecord().file}.cdx.json`,
    `${validRecord().file}.spdx.json`,
  ]);
});

it('hands nothing on that was damaged since it was made, and names it', async () => {
  const message = expect.stringMatching(/image\.iso has sha256 .*instead of/);
  await expect(delivering('an image', { madeWith: 'an imagf' })).rejects.toMatchObject({
    code: 'HASH_MISMATCH',
    message,
  });
  expect(readdirSync(out)).toEqual([]);
});

it('lets two deliver one file at once', async () => {
  await delivering('another');
  const delivery = await making('an image');
  const [path] = await Promise.all([deliver(delivery), deliver(delivery)]);
  expect(readdirSync(out).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe('an image');
  expect(existsSync(`${path}.json`)).toBe(true);
});
