import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInside } from '../host/run/sandbox.ts';
import { withoutFsync } from '../stages/without-fsync.ts';
import { prepareTools } from './support/conversion.ts';

const work = mkdtempSync(join(tmpdir(), 'ingot-no-flush-'));
let tools: string;
beforeAll(async () => {
  tools = await prepareTools();
});
afterAll(() => rmSync(work, { recursive: true }));

const shell = (script: string) => ['bash', '-euo', 'pipefail', '-c', script];
const inside = (command: string[]) => runInside({ tools, work, sourceDateEpoch: 0 }, command);
const filtered = async (script: string) => inside(await withoutFsync(work, shell(script)));

// A pipe has no disk behind it: the kernel refuses what it really does (dd tries fsync when fdatasync is
// refused).
test.each(['fsync', 'fdatasync'])('%s is said to be done and is not', async (call) => {
  const script = `echo text | dd conv=${call} status=none | cat`;
  await expect(inside(shell(script))).rejects.toMatchObject({
    message: expect.stringContaining('fsync failed'),
  });
  expect(await filtered(script)).toBe('text\n');
});

test('all else is done as it was', async () => {
  expect(await filtered('echo text > file; sync file; sync; mv file moved; cat moved; rm moved')).toBe(
    'text\n',
  );
});
