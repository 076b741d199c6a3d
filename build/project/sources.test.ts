import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { sourcesFrom } from './sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot my sources '));
const file = join(folder, 'file');
writeFileSync(file, 'no folder');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const variable = 'INGOT_DEBIAN_MIRROR';
const fromVariable = async (value: string) => {
  vi.stubEnv(variable, value);
  return (await sourcesFrom({}))('debian');
};

it('takes the mirrors of the option before those of the variable, and says which', async () => {
  vi.stubEnv(variable, `http://b.example ${folder}`);
  const typed = await sourcesFrom({ mirror: ['http://a.example'] });
  expect(await typed('debian')).toEqual({
    mirrors: [{ place: 'http://a.example', givenBy: '--mirror' }],
    offline: false,
  });
  expect((await (await sourcesFrom({ offline: true }))()).mirrors).toEqual([
    { place: 'http://b.example', givenBy: variable },
    { place: folder, givenBy: variable },
  ]);
});

it('takes a folder with a space in its name from the variable', async () => {
  expect((await fromVariable(folder)).mirrors).toEqual([{ place: folder, givenBy: variable }]);
});

const refused: [place: string, code: string, message: string, hint: RegExp][] = [
  ['/no/such folder', 'PATH_UNUSABLE', 'there is no folder /no/such folder', /ingot mirror/],
  [file, 'PATH_UNUSABLE', `there is no folder ${file}`, /ingot mirror/],
  [
    'deb.example.org/debian',
    'PATH_UNUSABLE',
    'there is no folder',
    /^did you mean http:\/\/deb\.example\.org\/debian\?$/,
  ],
  ['ftp://deb.example.org/debian', 'USAGE', 'has the scheme ftp', /http/],
];
it.each(refused)(
  'refuses %s before anything is fetched, by what named it',
  async (place, code, says, hint) => {
    const error = (by: string) => ({
      code,
      message: expect.stringMatching(new RegExp(`^mirror ${place} \\(${by}\\)`)),
      hint: expect.stringMatching(hint),
    });
    await expect(sourcesFrom({ mirror: [place] })).rejects.toMatchObject(error('--mirror'));
    await expect(sourcesFrom({ mirror: [place] })).rejects.toThrow(says);
    await expect(fromVariable(place)).rejects.toMatchObject(error(variable));
  },
);

it('needs one folder to be there, for the others may be sticks', async () => {
  const { mirrors } = await fromVariable(`/no/such ${folder}`);
  expect(mirrors).toHaveLength(2);
  await expect(fromVariable('/no/such /nor/this')).rejects.toMatchObject({ code: 'PATH_UNUSABLE' });
});
