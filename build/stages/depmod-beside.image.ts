import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { depmodBeside } from '../distros/debian/depmod-beside.ts';
import { runInside } from '../host/sandbox.ts';
import { prepareTools } from '../testdata/conversion.ts';

const work = mkdtempSync(join(tmpdir(), 'ingot-depmod-'));
let tools: string;
beforeAll(async () => {
  tools = await prepareTools();
  const program = '#!/bin/sh\nsleep 1\necho "tables of $1"\n[ "$1" = good ]\n';
  mkdirSync(join(work, 'sbin'));
  writeFileSync(join(work, 'sbin/depmod'), program, { mode: 0o755 });
});
afterAll(() => rmSync(work, { recursive: true }));

/** What package scripts do with a slow depmod in place of the true one, and what it said; the root is the sandbox's. */
const configure = (script: string) =>
  runInside({ tools, work, sourceDateEpoch: 0 }, [
    ...['bash', '-euo', 'pipefail', '-c'],
    `mount --bind sbin /usr/sbin
sh -c '${depmodBeside.begin.replaceAll("'", "'\\''")}' begin ''
PATH=${depmodBeside.path}
${script}
sh -c '${depmodBeside.await.replaceAll("'", "'\\''")}' await ''
ls -A /tmp`,
  ]);

test('goes on while others are configured, is waited for, and leaves nothing', async () => {
  const said = await configure('depmod good 3>&1 | cat\nwc -c < /tmp/beside/log\ndepmod good');
  expect(said).toBe('0\ntables of good\ntables of good\n');
});

test('its failure is told when it is waited for', async () => {
  await expect(configure('depmod bad')).rejects.toMatchObject({
    message: expect.stringContaining('depmod bad ended with 1'),
  });
});

test('a root without a kernel waits for nothing', async () => {
  expect(await configure('echo configured')).toBe('configured\n');
});
