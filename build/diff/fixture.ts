import type { SurveyedEntry } from '../host/root/survey-tree.ts';
import type { ImageFacts } from '../inspect/image-facts.ts';

/** Test input: a file of a root tree. */
export function entry(path: string, facts: Partial<SurveyedEntry> = {}): SurveyedEntry {
  return {
    path,
    kind: 'f',
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: 5,
    to: '',
    sha256: 'a'.repeat(64),
    content: 'text',
    capabilities: '',
    ...facts,
  };
}

/** Test input: a small image. */
export function facts(changed: Partial<ImageFacts> = {}, files: SurveyedEntry[] = sampleFiles()): ImageFacts {
  return {
    file: 'a.iso',
    sha256: '1'.repeat(64),
    size: 1000,
    parts: [{ name: 'root', type: 'root', size: 4096 }],
    packages: new Map([
      ['libc6:amd64', '2.42-2'],
      ['zstd:amd64', '1.5.7-1'],
    ]),
    units: new Map([['ssh.service', 'multi-user.target']]),
    kernel: new Map([
      ['CONFIG_SMP', 'y'],
      ['CONFIG_XFS_FS', 'm'],
    ]),
    bootEntries: [{ name: 'boot:grub.cfg', words: ['quiet', 'console=ttyS0'] }],
    models: new Map([['smoke', '2'.repeat(64)]]),
    files: new Map(files.map((file) => [file.path, file])),
    ...changed,
  };
}

function sampleFiles(): SurveyedEntry[] {
  return [
    entry('etc', { kind: 'd', mode: 0o755, size: 0, sha256: '', content: '' }),
    entry('etc/hostname'),
    entry('usr/bin/sudo', { mode: 0o4755, content: 'elf' }),
  ];
}
