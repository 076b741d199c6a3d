import { expect, it } from 'vitest';
import { privateCommand } from './sandbox.ts';

it("gives a command of the host's own a fixed environment, and a folder for what it would forget when killed", () => {
  const words = privateCommand(['mmdebstrap', '--x'], 1000, '/store/temporary/mine');
  expect(words).toContain('--ignore-environment');
  expect(words.slice(-2)).toEqual(['mmdebstrap', '--x']);
  expect(words.filter((word) => /^(TMPDIR|SOURCE_DATE_EPOCH|TZ)=/.test(word)).sort()).toEqual([
    'SOURCE_DATE_EPOCH=1000',
    'TMPDIR=/store/temporary/mine',
    'TZ=UTC',
  ]);
});
