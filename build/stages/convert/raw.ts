import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFiles } from '../../host/fs/write-files.ts';
import { runInside } from '../../host/run/sandbox.ts';
import type { StageContext } from '../context.ts';
import type { Digest } from '../stage-output.ts';
import type { WholeDisk } from './whole-disk.ts';

const program = fileURLToPath(new URL('raw.py', import.meta.url));

/** The disk as one file, sparse. */
export async function writeRaw(
  { parts, size, sandbox }: WholeDisk,
  { scratch, log }: StageContext,
): Promise<{ path: string; facts: Digest }> {
  const file = 'whole.raw';
  await writeFiles(scratch, { 'parts.json': JSON.stringify(parts) });
  const inside = '/inputs/raw.py';
  const inputs = { ...sandbox.inputs, [inside]: program };
  const sha256 = await runInside({ ...sandbox, inputs }, ['python3', inside, file], { log });
  return { path: join(scratch, file), facts: { size, sha256: sha256.trim() } };
}
