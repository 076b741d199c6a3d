import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderNoFlush } from '../formats/seccomp.ts';
import { runInside } from '../host/sandbox.ts';
import { prepareTools } from '../testdata/conversion.ts';

const work = mkdtempSync(join(tmpdir(), 'ingot-no-flush-'));
let tools: string;
beforeAll(async () => {
  tools = await prepareTools();
  writeFileSync(join(work, 'filter'), renderNoFlush());
});
afterAll(() => rmSync(work, { recursive: true }));

const inside = (script: string, prefix: string[] = []) =>
  runInside({ tools, work, sourceDateEpoch: 0 }, [...prefix, 'bash', '-euo', 'pipefail', '-c', script]);
const filtered = (script: string) => inside(script, ['setpriv', '--seccomp-filter', 'filter']);

// A pipe has no disk behind it: the kernel refuses what it really does (dd tries fsync when fdatasync is refused).
test.each(['fsync', 'fdatasync'])('%s is said to be done and is not', async (call) => {
  const script = `echo text | dd conv=${call} status=none | cat`;
  await expect(inside(script)).rejects.toMatchObject({ message: expect.stringContaining('fsync failed') });
  expect(await filtered(script)).toBe('text\n');
});

test('all else is done as it was', async () => {
  expect(await filtered('echo text > file; sync file; sync; mv file moved; cat moved; rm moved')).toBe(
    'text\n',
  );
});
