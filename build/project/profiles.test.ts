import { expect, it } from 'vitest';
import { profileOf } from '../kernel/profile.ts';
import type { RecipeKernel } from '../model/kernel.ts';
import { codeOf } from '../resolve/fixture.ts';
import { kernelStages } from '../resolve/kernel-stages.ts';
import { readRecipe } from './inputs.ts';
import { readKernelSources } from './kernel-sources.ts';
import { profileModules, readProfile } from './profiles.ts';

const machine = { arch: 'x86_64', modules: 'nvme 1 2\n', cpuinfo: '', pci: [], firmware: {} };
const read = (changes: object) =>
  readProfile(JSON.stringify({ ...profileOf(machine), ...changes }), 'p.json');

it('reads what the verb prints', () => {
  expect(read({}).modules).toEqual(['nvme']);
});

it.each<[string, object, RegExp]>([
  [
    'another architecture',
    { arch: 'aarch64' },
    /p.json is of a machine of aarch64, and kernels are for x86_64/,
  ],
  ['no module', { modules: [] }, /p.json names no module in use/],
  ['something that is no module', { modules: ['a b'] }, /p.json: .modules\.?0/],
  ['a field that is none', { serial: '1' }, /serial/],
])('refuses a profile of %s', (_what, changes, message) => {
  expect(() => read(changes)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  expect(() => read(changes)).toThrow(message);
});

it.each<[string, Partial<RecipeKernel>, string]>([
  [
    'a profile that nobody saved',
    { profile: 'laptop', base: 'amd64' },
    'hardware profile laptop does not exist',
  ],
  [
    'one for a base without modules',
    { profile: 'laptop', base: 'defconfig' },
    'recipe nanite-server: kernel.profile laptop with base defconfig',
  ],
])('refuses %s', async (_what, changes, message) => {
  const recipe = await readRecipe('nanite-server');
  const kernel = { version: '7.2', base: 'amd64' as const, fragments: [], ...changes };
  await expect(profileModules({ ...recipe, kernel })).rejects.toMatchObject({ message });
});

it('modules of a profile are a part of what is resolved, and of nothing else', async () => {
  const source = (await readKernelSources()).at(-1)!;
  const code = codeOf((what) => what);
  const plain = kernelStages(source, { base: 'amd64', lines: [] }, code);
  const own = kernelStages(source, { base: 'amd64', modules: ['nvme'], lines: [] }, code);
  expect(own.kconfig).toBe(plain.kconfig);
  expect(own.before).not.toBe(plain.before);
});
