import { expect, it } from 'vitest';
import { leaves } from './explain.ts';

const node = (source1: string, rest: object = {}) => ({
  source1,
  source2: source1,
  unified_diff: null,
  ...rest,
});

it('leads to the innermost files that differ, with their lines', () => {
  const report = node('/inputs/a-x.iso', {
    details: [
      node('live/filesystem.squashfs', {
        details: [
          node('etc/motd', { unified_diff: '@@ -1 +1 @@\n same\n-built at 10\n+built at 11\n' }),
          node('bin/x', { comments: ['a program'], details: [node('readelf', { unified_diff: '-a\n+b' })] }),
        ],
      }),
      node('models.erofs', { unified_diff: null }),
    ],
  });
  expect(leaves(report, [])).toEqual([
    { where: ['x.iso', 'live/filesystem.squashfs', 'etc/motd'], cause: '-built at 10\n+built at 11' },
    { where: ['x.iso', 'live/filesystem.squashfs', 'bin/x', 'readelf'], cause: '-a\n+b' },
    { where: ['x.iso', 'models.erofs'], cause: 'contents differ' },
  ]);
});
