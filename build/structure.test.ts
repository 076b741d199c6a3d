import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './host/fs/files.ts';

/** What others have published or what code has rendered, and nobody reads from end to end. */
const notWritten = /^build\/(schema\/published|testdata\/golden)\/|\.json$/;

const files = readdirSync(join(repository, 'build'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.png'))
  .map((entry) => join(entry.parentPath, entry.name).slice(repository.length))
  .filter((file) => !notWritten.test(file));

it('no file in build/ is longer than 200 lines', () => {
  expect(files.length).toBeGreaterThan(400);
  const lines = (file: string) => readFileSync(join(repository, file), 'utf8').split('\n').length - 1;
  expect(files.filter((file) => lines(file) > 200).map((file) => `${file}: ${lines(file)}`)).toEqual([]);
});

it('build/commands holds verbs and the few things that all of them need', () => {
  const commands = files.filter((file) => /^build\/commands\/[^/]+$/.test(file) && !/\.test\.ts$/.test(file));
  expect(commands.filter((file) => /\/_/.test(file)).sort()).toEqual(
    ['_host.ts', '_space.ts', '_verb.ts', '_verbs.ts'].map((name) => `build/commands/${name}`),
  );
  expect(commands.length).toBeLessThan(26);
});
