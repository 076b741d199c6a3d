import { expect, it } from 'vitest';
import type { IngotError } from '../../model/errors.ts';
import { timesAsLong } from '../../testdata/times-as-long.ts';
import { parseYaml, renderYaml } from './yaml.ts';

const what = 'packages-lists/x.yaml';

it('reads maps, lists, comments and aliases', () => {
  expect(parseYaml('debian: [zstd] # why\nowners: &o { uid: 1 }\nsame: *o\n', what)).toEqual({
    debian: ['zstd'],
    owners: { uid: 1 },
    same: { uid: 1 },
  });
});

it.each([
  ['a list that is not closed', 'debian: [zstd', /Flow sequence .* at line 1, column 14/],
  ['a key twice', 'debian: []\ndebian: []\n', /Map keys must be unique at line 2/],
  ['two documents', 'a: 1\n---\nb: 2\n', /multiple documents/],
  ['a tag that means nothing here', 'debian: !!js/function x\n', /Unresolved tag/],
  ['a version of YAML that is not known', '%YAML 9.9\n---\ndebian: []\n', /Unsupported YAML version/],
  ['aliases that multiply', aliasBomb(), /Excessive alias count/],
  ['lists within lists', '- '.repeat(8000), /nested too deeply/],
  ['brackets within brackets', '['.repeat(16_000), /16000 opening brackets, over 1000/],
  ['brackets after brackets', '[]'.repeat(16_000), /16000 opening brackets, over 1000/],
  ['a text without end', 'x: 1\n'.repeat(40_000), /200000 characters, over 16384/],
  ['a control character, which is shown and not obeyed', 'a: [\u001b[31m', /a: \[\\x1b\[31m/],
])('refuses %s, no slower than it reads a long list, and by name', (_case, text, reason) => {
  expect(() => parseYaml(text, what)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(new RegExp(`^${what}: .*${reason.source}`, 's')),
    }) as IngotError,
  );
  const asLong = timesAsLong(
    () => parseYaml(text, what),
    () => parseYaml('- x\n'.repeat(4000), what),
  );
  expect(asLong).toBeLessThan(5);
});

function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
  return ['l0: &l0 [x]', ...levels, ''].join('\n');
}

it('writes text that a reader of YAML 1.1 would take for a number or a truth in quotes', () => {
  const value = { card: '52:54:00:12:34:56', name: 'no', plain: 'nanite' };
  expect(renderYaml(value)).toBe('card: "52:54:00:12:34:56"\nname: "no"\nplain: nanite\n');
});
