import { fileURLToPath } from 'node:url';
import { readText } from '../host/fs/files.ts';
import type { Program, ProgramFiles } from '../model/distro.ts';

/** Reads the text of a program's files, so that it can stand in the options of a stage. */
export async function readProgram({ folder, files }: ProgramFiles): Promise<Program> {
  const texts = files.map(
    async (name) => [name, await readText(fileURLToPath(new URL(name, folder)))] as const,
  );
  return { run: files[0], files: Object.fromEntries(await Promise.all(texts)) };
}
