import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../host/files.ts';

const left = /^(out|node_modules|\.git)$/;

/** A copy of this checkout to plant faults in; the modules are shared. Returns a function that edits a file of it. */
export function copyCheckout(folder: string): (path: string, from: string, to: string) => void {
  cpSync(repository, folder, {
    recursive: true,
    filter: (path) => !left.test(path.slice(repository.length)),
  });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return (path, from, to) => {
    const file = join(folder, path);
    const text = readFileSync(file, 'utf8');
    if (!text.includes(from)) throw new Error(`${path} has no ${from} to plant a fault at`);
    writeFileSync(file, text.replace(from, to));
  };
}
