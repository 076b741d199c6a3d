import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { buildTools, testTools, verifyTools } from './commands/_host.ts';
import { loadVerbs } from './commands/_verbs.ts';
import { renderLock } from './formats/text/lock-file.ts';
import { repository } from './host/fs/files.ts';
import { readLock } from './project/inputs.ts';
import { runProgram } from './testdata/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-cli-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = [process.execPath, join(repository, 'scripts/ingot.mjs')];
/** Runs the command line as a user would, in a store of its own. */
const ingot = (args: string, env: object = {}) =>
  runProgram([...command, ...args.split(' ').filter(Boolean)], folder, {
    INGOT_STORE: join(folder, 'store'),
    ...env,
  });

const notes = join(folder, 'notes.txt');
writeFileSync(notes, 'no model');
const stale = join(folder, 'stale.lock.json');
const lock = await readLock(join(repository, 'recipes/nanite-server.forky.lock.json'));
const set = lock.sets.find(({ targets }) => targets.includes('iso'))!;
set.asked = [...set.asked.filter((name) => name !== 'zstd'), 'nano'];
writeFileSync(stale, renderLock(lock));

it.concurrent.each<[args: string, status: number, error: string, hint?: string]>([
  ['plna nanite-server', 2, "USAGE: unknown command 'plna'", 'did you mean plan?'],
  ['list --jsno', 2, "USAGE: unknown option '--jsno'", 'did you mean --json?'],
  ['plan', 2, "USAGE: missing required argument 'recipe'", 'ingot --help'],
  [
    'plan nanite-srever',
    2,
    'RECIPE_UNKNOWN: recipe nanite-srever does not exist',
    'did you mean nanite-server?',
  ],
  ['plan nanite-server --target isoo', 2, 'TARGET_UNKNOWN: target isoo does not exist', 'did you mean iso?'],
  [
    'plan nanite-server --target iso --disk-size 9GiB',
    2,
    'USAGE: --disk-size 9GiB: target iso has no disk',
    'leave it out, or name a target that is a disk; see ingot list',
  ],
  [
    `plan nanite-server --lock ${stale}`,
    4,
    'LOCK_STALE: the lock of nanite-server is stale: package zstd was added; package nano was removed',
    `ingot lock nanite-server --lock ${stale}`,
  ],
  [
    'plan nanite-server --lock /no.json',
    4,
    'LOCK_MISSING: --lock /no.json does not exist',
    'ingot lock nanite-server --lock /no.json',
  ],
  [
    'plan nanite-server --lock /tmp',
    5,
    'PATH_UNUSABLE: lock /tmp: EISDIR: illegal operation on a directory, read',
    'correct the path or its permissions, or choose another folder with --out or INGOT_STORE',
  ],
  ['check x --allowed-signers /none', 2, 'USAGE: --allowed-signers /none does not exist'],
  [
    'plan nanite-server --base sarge',
    2,
    'USAGE: --base sarge does not exist',
    'there are forky, trixie, sid; see ingot list',
  ],
  [
    'lock nanite-server --mirror ftp://mirror.example/debian',
    2,
    'USAGE: mirror ftp://mirror.example/debian (--mirror) has the scheme ftp, which is not fetched',
    'name a mirror as http://…, https://… or a folder; many that offer ftp or rsync offer http as well',
  ],
  [
    'build nanite-server --mirror deb.example.org/debian',
    5,
    `PATH_UNUSABLE: mirror deb.example.org/debian (--mirror): there is no folder ${join(folder, 'deb.example.org/debian')}`,
    'did you mean http://deb.example.org/debian?',
  ],
  [
    'mirror nanite-server --ca /none',
    5,
    'PATH_UNUSABLE: --ca: /none does not exist',
    'name a file with certificates of authorities, which begin with -----BEGIN CERTIFICATE-----',
  ],
  [`model check ${notes}`, 3, `MODEL_INVALID: model ${notes}: offset 0: magic is "no m", not "GGUF"`],
])('ingot %s ends with %i and tells why', async (args, status, error, hint) => {
  const stderr = `error ${error}\n${hint ? `  try: ${hint}\n` : ''}`;
  expect(await ingot(args)).toEqual({ status, stdout: '', stderr });
});

it.concurrent.each([
  ['plan nanite-srever --json', 'RECIPE_UNKNOWN', 'did you mean nanite-server?'],
  ['plna --json', 'USAGE', 'did you mean plan?'],
])('says it as JSON when asked: ingot %s', async (args, code, hint) => {
  const { status, stdout, stderr } = await ingot(args);
  expect({ status, stdout, ...JSON.parse(stderr) }).toMatchObject({
    status: 2,
    stdout: '',
    error: code,
    hint,
  });
});

it.concurrent('ingot --help names every verb; ingot alone does the same and fails', async () => {
  const [help, alone] = await Promise.all([ingot('--help'), ingot('')]);
  expect([help.status, alone.status]).toEqual([0, 2]);
  for (const { name } of await loadVerbs()) expect(help.stdout).toContain(`\n  ${name.split(' ')[0]} `);
  expect(alone.stderr).toBe(`${help.stdout}error USAGE: no verb was given\n`);
});

it.concurrent('ingot list --json holds recipes, targets and features with their options', async () => {
  const { stdout } = await ingot('list --json');
  expect(JSON.parse(stdout)).toMatchObject({
    recipes: expect.arrayContaining([expect.objectContaining({ name: 'nanite-server', base: 'forky' })]),
    targets: expect.arrayContaining([expect.objectContaining({ name: 'iso', format: 'iso' })]),
    features: expect.arrayContaining([
      expect.objectContaining({ name: 'zram', options: expect.any(Object) }),
    ]),
  });
});

it.concurrent('ingot plan tells what would be built, and that a new store has none of it', async () => {
  const env = { INGOT_STORE: join(folder, 'new') };
  const { status, stdout } = await ingot('plan nanite-server', env);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^nanite-server-\d{8}-x86_64\.iso\n {2}base {6}forky, archive of \d{4}-/);
  expect(stdout).toMatch(
    /\n {2}features {2}system, .*, live, installer\n {2}packages {2}\d+ \(\d+\.\d MiB\), tools \d+ /,
  );
  const stages = [...stdout.matchAll(/^ {2}(\w+ \w+) +[0-9a-f]{12} {2}to do$/gm)].map(([, name]) => name);
  expect(stages.slice(0, 3)).toEqual(['fetch tools', 'tools tools', 'fetch image']);
  expect(stages.at(-1)).toBe('attest iso');
});

it.concurrent("gives what it writes the same modes whatever the caller's umask", async () => {
  const env = { INGOT_STORE: join(folder, 'private') };
  const under077 = ['sh', '-c', 'umask 077; exec "$@"', 'sh', ...command];
  await runProgram([...under077, 'gc', '--dry-run'], folder, env);
  expect(statSync(join(env.INGOT_STORE, 'stages')).mode & 0o777).toBe(0o755);
});

it.concurrent('needs root to build, and says so before it touches anything', async () => {
  const root = process.getuid?.() === 0;
  const uid = root ? 65534 : process.getuid!();
  const store = join(folder, 'nobody');
  mkdirSync(store);
  // In a user namespace without a mapping, root is nobody and can still read the checkout, wherever it is.
  const prefix = root ? ['unshare', '--user'] : [];
  const build = [...prefix, ...command, 'build', 'nanite-server'];
  const { status, stderr } = await runProgram(build, folder, { INGOT_STORE: store, HOME: store });
  expect(stderr).toMatch(`error NOT_ROOT: building needs root, but this is uid ${uid}\n  try: `);
  expect(status).toBe(5);
});

it.concurrent('a store that cannot be is named with its variable', async () => {
  const { status, stderr } = await ingot('gc', { INGOT_STORE: '/proc/x' });
  expect(stderr).toMatch(/^error PATH_UNUSABLE: store \/proc\/x \(INGOT_STORE\): ENOENT.* mkdir '\/proc\/x/);
  expect(status).toBe(5);
});

it.concurrent('doctor names the programs that are not there', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const { 'qemu-system-x86_64': _lacking, ...rest } = { ...buildTools, ...testTools, ...verifyTools };
  for (const name of Object.keys(rest)) symlinkSync('/bin/true', join(bin, name));
  const { status, stdout } = await ingot('doctor --json', { PATH: bin });
  const lacking = { ok: false, says: 'the host has no qemu-system-x86_64' };
  const remedy = 'npm run setup, or install the packages qemu-system-x86';
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'node', ok: true },
    { name: 'root' },
    { name: 'programs', ...lacking, remedy },
    { name: 'open files' },
    { name: 'store' },
    { name: 'sandbox' },
    { name: 'accelerator', ...lacking, remedy },
  ]);
  expect(status).toBe(5);
});
