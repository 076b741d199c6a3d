import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const mounted = new Set<string>();

/**
 * A file system that nobody has used, for each side its own: what was removed before slows down the next
 * writer, most of all on an ext4 without a journal. An earlier one of the same name is given up for it. Its
 * mount ends with this process's namespace, and its loop device with its mount.
 */
export function freshFileSystem(folder: string, name: string): string {
  const [image, to] = [join(folder, `${name}.ext4`), join(folder, name)];
  if (mounted.has(to)) unmount(to);
  rmSync(image, { force: true });
  mkdirSync(to, { recursive: true });
  run('truncate', ['--size=32G', image]);
  run('mkfs.ext4', ['-q', image]);
  const device = run('losetup', ['--find', '--show', '--direct-io=on', image]).trim();
  run('mount', [device, to]);
  run('losetup', ['--detach', device]);
  mounted.add(to);
  return to;
}

/** Ends the mounts of all of them. */
export function unmountAll(): void {
  for (const path of mounted) unmount(path);
}

function unmount(path: string): void {
  run('umount', ['--lazy', path]);
  mounted.delete(path);
}

/**
 * Linux' ext4 without a journal passes over the inodes of files that were removed in the last minute, one by
 * one.
 */
export function settledFolder(folder: string, name: string): string {
  const to = join(folder, name);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  run('sleep', ['65']);
  return to;
}

/** Runs a command to its end; returns what it prints, and throws where it fails. */
export function run(command: string, args: string[], env = process.env): string {
  const { status, stdout } = spawnSync(command, args, {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
  return stdout;
}
