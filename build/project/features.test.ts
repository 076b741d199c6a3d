import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importDefault, moduleNames } from '../host/fs/drawers.ts';
import { repository } from '../host/fs/files.ts';
import type { Feature } from '../model/define.ts';

const names = await moduleNames('recipes/features');
const tested = readdirSync(join(repository, 'qemu-tests'))
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => file.replace('.test.ts', ''));

it.each(names)('feature %s has tests, or says why it has none', async (name) => {
  const { untested } = (await importDefault<Feature>('recipes/features', name)).definition;
  const problem = tested.includes(name)
    ? untested && `feature ${name} is tested by qemu-tests/${name}.test.ts: remove \`untested\``
    : !untested &&
      `feature ${name} has no qemu-tests/${name}.test.ts: write it, or give the reason as \`untested\``;
  expect(problem || '').toBe('');
});

it('has no tests of a feature that is gone', () => {
  expect(tested.filter((name) => !names.includes(name))).toEqual([]);
});

it.each(names)('feature %s is called as its file is', async (name) => {
  expect((await importDefault<Feature>('recipes/features', name)).definition.name).toBe(name);
});

it.each(names)('every exception that feature %s makes has a reason, and a pattern is one', async (name) => {
  const { hygiene, options } = (await importDefault<Feature>('recipes/features', name)).definition;
  const defaults = Object.fromEntries(Object.entries(options).map(([option, of]) => [option, of.default]));
  const lists = (typeof hygiene === 'function' ? hygiene(defaults) : hygiene) ?? {};
  for (const [list, allowed] of Object.entries(lists))
    for (const [what, reason] of Object.entries(allowed)) {
      expect(reason, `${name}: hygiene.${list}.${what}`).toMatch(/\w{3}/);
      if (list === 'generated') expect(() => new RegExp(what)).not.toThrow();
      if (list === 'listeners') expect(what).toMatch(/^(tcp|udp) \d+ \S+$/);
    }
});
