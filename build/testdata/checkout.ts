import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../host/fs/files.ts';

/** A copy of the checkout that may be edited. */
export function copyCheckout(to: string): string {
  const skip = new Set(['node_modules', '.git', 'out'].map((name) => join(repository, name)));
  cpSync(repository, to, { recursive: true, filter: (path) => !skip.has(path) });
  symlinkSync(join(repository, 'node_modules'), join(to, 'node_modules'));
  return to;
}

/** Edits a file of a checkout; what is to be replaced must be there. */
export function plant(checkout: string, path: string, from: string, to: string): void {
  const file = join(checkout, path);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from} to plant a fault at`);
  writeFileSync(file, text.replace(from, to));
}
