import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../host/fs/files.ts';
import { runInside } from '../host/run/sandbox.ts';
import { openStore } from '../host/store/store.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { startIngot } from '../testdata/ingot.ts';
import { runProgram } from '../testdata/program.ts';
import { Delivered, flip } from './support/delivered.ts';
import { type BuiltImage, buildDefaultImage } from './support/images.ts';

let image: BuiltImage;
let delivered: Delivered;
let keys: string;
let signed: string;

beforeAll(async () => {
  image = await buildDefaultImage();
  delivered = await Delivered.of(image);
  keys = join(delivered.folder, 'keys');
  mkdirSync(keys);
  await runWithTools(`
    for name in mini other; do minisign -G -W -p $name.pub -s $name.key; done
    printf 'secret\\nsecret\\n' | minisign -G -p locked.pub -s locked.key
    ssh-keygen -q -t ed25519 -N '' -C '' -f ssh
    ssh-keygen -q -t ed25519 -N '' -C '' -f other-ssh
    ssh-keygen -q -t ed25519 -N secret -C '' -f locked-ssh
  `);
  signed = await delivered.copy();
  expect((await signing(signed, ['mini.key', 'ssh'])).status).toBe(0);
});
afterAll(() => delivered.remove());

/** Runs a script in the folder of keys, with the programs of the tools tree. */
async function runWithTools(script: string): Promise<string> {
  const record = JSON.parse(readFileSync(`${image.path}.json`, 'utf8')) as ArtifactRecord;
  const tools = (await openStore()).stage(record.toolsStage);
  return runInside({ tools, work: keys, sourceDateEpoch: 1 }, ['sh', '-euc', script]);
}

function key(name: string): string {
  return join(keys, name);
}

function signing(artifact: string, names: string[]) {
  const args = names.flatMap((name) => ['--key', key(name)]);
  return startIngot(['sign', artifact, ...args], { SSH_AUTH_SOCK: '' }).ended;
}

/** The signed files in a folder of their own. */
async function copiedSigned(): Promise<string> {
  const artifact = await delivered.copy();
  for (const kind of ['minisig', 'sig'])
    await cp(`${signed}.SHA256SUMS.${kind}`, `${artifact}.SHA256SUMS.${kind}`);
  return artifact;
}

test('are good by the keys that made them, and the same again', async () => {
  expect((await delivered.check(signed)).signature).toEqual({ present: ['minisign', 'ssh'], verified: [] });
  const report = await delivered.check(signed, { key: [key('mini.pub'), key('ssh.pub')] });
  expect(report.signature.verified).toEqual(['minisign', 'ssh']);
  const read = () => ['minisig', 'sig'].map((kind) => readFileSync(`${signed}.SHA256SUMS.${kind}`, 'utf8'));
  const before = read();
  await signing(signed, ['mini.key', 'ssh']);
  expect(read()).toEqual(before);
});

test('satisfy the tools that everybody has', async () => {
  const sums = `${signed}.SHA256SUMS`;
  writeFileSync(key('allowed'), `me ${readFileSync(key('ssh.pub'), 'utf8')}`);
  const script = 'ssh-keygen -Y verify -f "$1" -I me -n file -s "$2.sig" < "$2"';
  const ssh = await runProgram(['sh', '-c', script, 'verify', key('allowed'), sums], delivered.folder);
  expect([ssh.status, ssh.stdout]).toEqual([0, expect.stringContaining('Good "file" signature for me')]);
  for (const file of [sums, `${sums}.minisig`]) await cp(file, join(keys, basename(file)));
  expect(await runWithTools(`minisign -V -p mini.pub -m ${basename(sums)}`)).toContain('signature verified');
  const report = await startIngot(['check', signed, '--allowed-signers', key('allowed'), ...image.lock])
    .ended;
  expect(JSON.parse(report.stdout)).toMatchObject([{ signature: { verified: ['ssh'] } }]);
});

test.each([
  ['other.pub', 'minisig'],
  ['other-ssh.pub', 'sig'],
])('of somebody else than %s are refused', async (name, kind) => {
  const problems = await delivered.problems(signed, { key: [key(name)] });
  expect(problems).toMatch(new RegExp(`SHA256SUMS\\.${kind}: is not a signature of these sums by .*${name}`));
});

test.each([
  ['mini.pub', 'minisig'],
  ['ssh.pub', 'sig'],
])('that %s could verify are missed when they are not there', async (name, kind) => {
  const problems = await delivered.problems(image.path, { key: [key(name)] });
  expect(problems).toContain(`SHA256SUMS.${kind}: is missing`);
});

test.each([
  ['mini.pub', 'minisig'],
  ['ssh.pub', 'sig'],
])('do not survive a change of the sums, nor a change of their own (%s)', async (name, kind) => {
  const lied = await copiedSigned();
  delivered.forge(lied, 'json', (record: ArtifactRecord) => Object.assign(record, { features: [] }));
  const refused = `SHA256SUMS.${kind}: is not a signature of these sums`;
  expect(await delivered.problems(lied, { key: [key(name)] })).toContain(refused);
  const spoilt = await copiedSigned();
  flip(`${spoilt}.SHA256SUMS.${kind}`);
  expect(await delivered.problems(spoilt, { key: [key(name)] })).toContain(refused);
});

test.each([
  ['locked.key', /locked\.key has a password, and there is no terminal.*minisign -G -W/],
  ['locked-ssh', /locked-ssh needs an SSH agent.*ssh-add .*locked-ssh/],
  ['mini.pub', /mini\.pub is not a secret key of minisign or SSH/],
  ['nowhere', /nowhere does not exist/],
])('by %s cannot be made, which is said at once', async (name, says) => {
  const artifact = await delivered.copy();
  for (const ended of [await signing(artifact, [name]), await buildSigned(name)]) {
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).not.toContain('"event":"begin"');
  }
});

test('by a key with a passphrase are made by the agent that has it, and by no other', async () => {
  const artifact = await delivered.copy();
  writeFileSync(key('answer'), '#!/bin/sh\necho secret\n', { mode: 0o755 });
  const script = `
    eval "$(ssh-agent)" > "$1.pid"
    trap 'kill "$SSH_AGENT_PID"' EXIT
    node scripts/ingot.mjs sign "$2" --key "$1" && exit 1
    ssh-add -q "$1"
    node scripts/ingot.mjs sign "$2" --key "$1"`;
  const env = { SSH_ASKPASS: key('answer'), SSH_ASKPASS_REQUIRE: 'force' };
  const command = ['sh', '-euc', script, 'sign', key('locked-ssh'), artifact];
  const { status, stderr } = await runProgram(command, repository, env);
  expect(stderr).toMatch(/locked-ssh failed to sign: Couldn't find key in agent(.|\n)*ssh-add .*locked-ssh/);
  expect(status).toBe(0);
  const report = await delivered.check(artifact, { key: [key('locked-ssh.pub')] });
  expect(report.signature.verified).toEqual(['ssh']);
});

test('come with a build that is asked for them, and stay when it finds nothing to do', async () => {
  const [built] = JSON.parse((await buildSigned('mini.key')).stdout) as { path: string }[];
  const again = await startIngot([
    'build',
    'nanite-server',
    '--out',
    join(delivered.folder, 'out'),
    ...image.lock,
  ]).ended;
  expect(again.status).toBe(0);
  expect((await delivered.check(built!.path, { key: [key('mini.pub')] })).signature.verified).toEqual([
    'minisign',
  ]);
});

test('are not made of a file that is not the recorded one', async () => {
  const artifact = await delivered.copy();
  rmSync(artifact);
  writeFileSync(artifact, 'something else');
  const ended = await signing(artifact, ['mini.key']);
  expect([ended.status, ended.stderr]).toEqual([6, expect.stringContaining('HASH_MISMATCH')]);
});

function buildSigned(name: string) {
  const args = [
    'build',
    'nanite-server',
    '--out',
    join(delivered.folder, 'out'),
    '--sign',
    key(name),
    ...image.lock,
  ];
  return startIngot(args, { SSH_AUTH_SOCK: '' }).ended;
}
