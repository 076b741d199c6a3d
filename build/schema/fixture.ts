import { standardBoot, standardDisk } from '../model/disk.ts';
import type { Lock, LockedPackage } from '../model/lock.ts';
import type { ArtifactRecord, Recipe } from '../model/types.ts';

/** Test input: a small recipe that the schema accepts. */
export function validRecipe(): Recipe {
  return {
    name: 'small',
    summary: 'for tests',
    base: 'forky',
    features: [{ name: 'zram', options: {} }],
    models: [{ name: 'smoke', source: 'builtin:smoke' }],
    machine: { memoryMiB: 1024, cpus: 1 },
    smoke: { throughputRatio: { kvm: 0.8, tcg: 0.005 } },
    disk: standardDisk(),
    boot: standardBoot,
    lockMaxAgeDays: 90,
  };
}

/** Test input: a package whose hash is made of one digit. */
export function lockedPackage(name: string, digit = 'a'): LockedPackage {
  return {
    name,
    version: '1.0-1',
    architecture: 'all',
    path: `pool/main/${name[0]}/${name}/${name}_1.0-1_all.deb`,
    size: 1000,
    installedKiB: 4,
    sha256: digit.repeat(64),
  };
}

/** Test input: a lock of one package and one tool that answers `validRecipe`. */
export function validLock(): Lock {
  return {
    schema: 3,
    ingot: '0.1.0',
    recipe: 'small',
    base: 'forky',
    release: { date: '2026-01-02T03:04:05.000Z', sha256: 'f'.repeat(64), keyring: 'd'.repeat(64) },
    sourceDateEpoch: 1767323045,
    asked: { tools: ['xorriso'] },
    sets: [{ targets: ['iso'], asked: ['zstd'], packages: ['zstd'] }],
    models: [{ name: 'smoke', source: 'builtin:smoke', size: 10, sha256: 'e'.repeat(64) }],
    packages: [lockedPackage('zstd')],
    tools: [lockedPackage('xorriso', 'b')],
  };
}

/** Test input: what stands beside a finished file. */
export function validRecord(): ArtifactRecord {
  return {
    schema: 3,
    file: 'small-20260102-x86_64.iso',
    sha256: '1'.repeat(64),
    size: 1,
    manifest: '2'.repeat(64),
    recipe: 'small',
    base: 'forky',
    target: 'iso',
    version: '20260102',
    arch: 'x86_64',
    platform: 'metal',
    format: 'iso',
    compression: 'zstd',
    firmware: ['bios', 'uefi'],
    controllers: ['usb', 'cdrom'],
    features: [
      {
        name: 'zram',
        options: { algorithm: 'zstd' },
        values: { algorithm: 'zstd(level=1)' },
        listeners: [],
        everyStart: false,
      },
    ],
    models: validLock().models,
    machine: validRecipe().machine,
    smoke: validRecipe().smoke,
    toolsStage: '3'.repeat(64),
    modelsStage: '4'.repeat(64),
  };
}

/** Test input: the same with its package URL. */
export function namedPackage(name: string, digit = 'a'): LockedPackage & { purl: string } {
  return { ...lockedPackage(name, digit), purl: `pkg:deb/debian/${name}@1.0-1?arch=all&distro=forky` };
}
