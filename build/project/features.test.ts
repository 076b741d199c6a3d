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
