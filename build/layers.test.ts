import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './host/files.ts';

// What each folder may import, besides itself.
const above: [folder: string, mayImport: string[]][] = [
  ['build/model', []],
  ['build/formats', ['build/model']],
  ['build/schema', ['build/model']],
  ['build/gguf', ['build/model', 'build/formats']],
  ['build/hygiene', ['build/model', 'build/formats']],
  ['build/distros', ['build/model', 'build/formats']],
  ['build/backends', ['build/model', 'build/formats']],
  ['build/targets', ['build/model']],
  [
    'build/resolve',
    ['build/model', 'build/formats', 'build/schema', 'build/distros', 'build/backends', 'build/hygiene'],
  ],
  ['build/host', ['build/model', 'build/formats']],
  [
    'build/stages',
    ['build/model', 'build/formats', 'build/host', 'build/gguf', 'build/distros', 'build/hygiene'],
  ],
  ['build/vm', ['build/model', 'build/formats', 'build/host']],
  // Runs every parser, but never what is shipped.
  ['build/fuzz', ['build/(?!cli|targets|testdata)']],
  ['build/commands', ['build/(?!cli|commands|targets|testdata|fuzz)']],
  ['build/cli.ts', ['build/commands', 'build/host', 'build/model']],
  ['recipes', ['build/model']],
  ['qemu-tests', ['build/vm', 'build/model', 'build/formats']],
];
const touchTheWorld = /^(zx\/core|tar-stream|node:fs|node:fs\/promises)$/;

const files = ['build', 'recipes', 'qemu-tests'].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter(
      (path) =>
        path.endsWith('.ts') && !/^build\/testdata|^build.*\.(test|image|fresh|faults)\.ts$/.test(path),
    ),
);
const imports = files.flatMap((file) =>
  [...readFileSync(join(repository, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, what]) => ({
      file,
      what: what!.startsWith('.') ? join(file, '..', what!) : what!,
    }),
  ),
);

it.each(above)('%s imports only %j of the project', (folder, mayImport) => {
  const within = imports.filter(({ file }) => file.startsWith(folder));
  const allowed = new RegExp(`^(${[folder, ...mayImport].join('|')})`);
  const wrong = within.filter(
    ({ what }) => /^(build|recipes|qemu-tests)\//.test(what) && !allowed.test(what),
  );
  expect(wrong).toEqual([]);
});

it('only build/host touches files and starts programs', () => {
  const within = imports.filter(({ file }) => file.startsWith('build/') && !file.startsWith('build/host/'));
  expect(within.filter(({ what }) => touchTheWorld.test(what))).toEqual([]);
});

// Node.js ends the program when it cannot open a module, and then nobody tells of the stages under way.
it('no stage loads code when others may run already', () => {
  const loads = /^(?!\s*(\*|\/\/)).*\bimport\(/m;
  const within = files.filter((file) => file.startsWith('build/stages/'));
  expect(within.filter((file) => loads.test(readFileSync(join(repository, file), 'utf8')))).toEqual([]);
});

it('has a rule for every file', () => {
  expect(imports.length).toBeGreaterThan(200);
  expect(files.filter((file) => !above.some(([folder]) => file.startsWith(folder)))).toEqual([]);
});
