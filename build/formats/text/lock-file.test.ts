import { expect, it } from 'vitest';
import { lockedPackage, validLock } from '../../schema/fixture.ts';
import { renderLock } from './lock-file.ts';

const a = 'a'.repeat(64);

it('is JSON that gives the lock back', () => {
  const lock = validLock();
  expect(JSON.parse(renderLock(lock))).toEqual(lock);
  expect(renderLock(lock).endsWith('}\n')).toBe(true);
});

it('has one line per package, so that a diff shows exactly what moved', () => {
  const packages = [lockedPackage('apt'), lockedPackage('zstd')];
  expect(renderLock({ ...validLock(), packages })).toContain(`
  "packages": [
    {"name":"apt","version":"1.0-1","architecture":"all","path":"pool/main/a/apt/apt_1.0-1_all.deb","size":1000,"installedKiB":4,"sha256":"${a}"},
    {"name":"zstd","version":"1.0-1","architecture":"all","path":"pool/main/z/zstd/zstd_1.0-1_all.deb","size":1000,"installedKiB":4,"sha256":"${a}"}
  ],
`);
});

it('has one line per name asked for', () => {
  const sets = [{ targets: ['iso'], asked: ['apt', 'zstd'], packages: ['apt'] }];
  expect(renderLock({ ...validLock(), sets })).toContain(`
  "asked": {
    "tools": [
      "xorriso"
    ]
  },
  "sets": [
    {
      "targets": [
        "iso"
      ],
      "asked": [
        "apt",
        "zstd"
      ],
      "packages": [
        "apt"
      ]
    }
  ],
`);
});

it('writes an empty list on its line', () => {
  expect(renderLock({ ...validLock(), models: [] })).toContain('\n  "models": [],\n');
});
