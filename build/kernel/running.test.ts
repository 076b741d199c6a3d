import { expect, it } from 'vitest';
import { missingLines, missingWords, unknownWords } from './running.ts';

const config = '# A kernel.\nCONFIG_XFS_FS=y\n# CONFIG_NUMA is not set\nCONFIG_SALT="x"\nCONFIG_HZ=300\n';

it.each([
  ['CONFIG_XFS_FS=y', true],
  ['# CONFIG_NUMA is not set', true],
  ['CONFIG_HZ=300', true],
  ['CONFIG_XFS_FS=m', false],
  ['CONFIG_HZ=30', false],
  ['CONFIG_EROFS_FS=y', false],
  ['# CONFIG_XFS_FS is not set', false],
  ['CONFIG_SALT=""', false],
  // These cannot be turned on, so that the configuration has no line for them.
  ['# CONFIG_DRM_I915 is not set', true],
  ['CONFIG_MODULE_SIG_KEY=""', true],
])('the configuration has %s: %s', (line, there) => {
  expect(missingLines(config, [line])).toEqual(there ? [] : [line]);
});

it('says which words a kernel was not started with', () => {
  const given = 'initrd=\\x root=PARTUUID=1 quiet preempt=full\n';
  expect(missingWords(given, ['quiet', 'root=PARTUUID=1'])).toEqual([]);
  expect(missingWords(given, ['preempt=lazy', 'quie'])).toEqual(['preempt=lazy', 'quie']);
});

it('finds the words that nobody reads', () => {
  const notice = (words: string) =>
    `[    0.1] Unknown kernel command line parameters "${words}", will be passed to user space.\n`;
  expect(unknownWords('nothing\n')).toEqual([]);
  expect(unknownWords(notice('splash boot=live components'))).toEqual([]);
  expect(unknownWords(notice('splash auditing=0') + notice('logic=no'))).toEqual(['auditing=0', 'logic=no']);
});
