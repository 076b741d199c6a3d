import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { repository } from './host/fs/files.ts';
import { runProgram } from './testdata/program.ts';

// The command line on hosts that lack something; what only root can lack is in suites/sandbox.quick.ts.
const folder = mkdtempSync(join(tmpdir(), 'ingot-hosts-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ingot = join(repository, 'scripts/ingot.mjs');
const INGOT_STORE = join(folder, 'store');
const run = (command: string[], env: object = {}) => runProgram(command, folder, { INGOT_STORE, ...env });

/** Node.js that calls itself by another version. */
const called = (version: string) => {
  const path = join(folder, `${version}.mjs`);
  writeFileSync(path, `Object.defineProperty(process.versions, 'node', { value: '${version}' });\n`);
  return [process.execPath, '--import', path, ingot];
};

it.each(['12.22.9', '18.20.4', '20.18.3'])('names Node.js %s before it loads anything', async (version) => {
  const { status, stderr } = await run([...called(version), 'list']);
  expect(stderr).toBe(
    `error HOST_TOOL_MISSING: this is Node.js ${version}, Ingot needs 20.19 or later\n  try: put a newer Node.js ` +
      'first in PATH: Debian 13 has one as nodejs, for other systems nodejs.org has one\n',
  );
  expect(status).toBe(5);
  const asJson = await run([...called(version), 'list', '--json']);
  expect(JSON.parse(asJson.stderr)).toMatchObject({ error: 'HOST_TOOL_MISSING' });
});

it.each(['20.19.0', '22.1.0'])('takes Node.js %s', async (version) => {
  expect((await run([...called(version), 'list'])).status).toBe(0);
});

it('setup looks at Node.js before it installs anything', async () => {
  const bin = join(folder, 'bin');
  const node = `#!/bin/sh\nexec ${called('18.20.4').slice(0, -1).join(' ')} "$@"\n`;
  await run(['mkdir', bin]);
  writeFileSync(join(bin, 'node'), node, { mode: 0o755 });
  for (const program of ['sh', 'dirname', 'id']) symlinkSync(`/usr/bin/${program}`, join(bin, program));
  const ended = await run(['sh', join(repository, 'scripts/setup.sh')], { PATH: bin });
  expect(ended).toMatchObject({ status: 5, stderr: expect.stringContaining('this is Node.js 18.20.4') });
});
