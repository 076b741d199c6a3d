import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './host/fs/files.ts';

const deciding = ['model', 'formats', 'schema', 'hygiene', 'distros', 'backends'];
const doing = ['model', 'formats', 'schema', 'host', 'gguf', 'hygiene', 'kernel'];
const project = [...new Set([...deciding, ...doing, 'resolve', 'stages'])];
/**
 * Words of distributions and of their tools. Only distros/ and backends/ know them, and what reads the
 * formats.
 */
const distroWords =
  /\b(debian|ubuntu|apt(-\w+)?|dpkg(-\w+)?|deb|mmdebstrap|debootstrap|live-build|update-initramfs|forky|trixie|sid|bookworm|arch ?linux|archiso|mkarchiso|pacman|makepkg)\b/i;

/**
 * What each folder of `build/` may import, besides itself; a folder that is not listed may import nothing.
 */
const mayImport: { [folder: string]: string[] } = {
  model: [],
  formats: ['model'],
  schema: ['model'],
  gguf: ['model', 'formats'],
  hygiene: ['model', 'formats'],
  kernel: ['model', 'formats'],
  distros: ['model', 'formats', 'hygiene'],
  backends: ['model', 'formats'],
  targets: ['model', 'formats'],
  resolve: [...deciding, 'targets/platforms'],
  host: ['model', 'formats'],
  stages: [...doing, 'targets/platforms', 'distros/checks.ts'],
  vm: ['model', 'formats', 'host'],
  project,
  locking: [...project, 'project'],
  inspect: [...project, 'project'],
  attest: [...project, 'project', 'inspect'],
  diff: [...project, 'project', 'inspect', 'vm'],
  verify: [...project, 'project', 'inspect'],
  flash: ['model', 'formats', 'host'],
  smoke: [...project, 'project', 'inspect', 'vm'],
  // Runs every parser, but never what is shipped.
  fuzz: ['(?!cli|targets|suites|faults)'],
  commands: ['(?!cli|targets|testdata|fuzz|suites|faults)'],
  'cli.ts': ['commands', 'host', 'model'],
  // Test inputs and helpers of unit tests.
  testdata: ['model', 'formats', 'host', 'targets/platforms'],
};
const rules: [folder: string, allowed: string[]][] = [
  ...Object.entries(mayImport).map(([folder, names]): [string, string[]] => [
    `build/${folder}`,
    names.map((name) => `build/${name}`),
  ]),
  // Builds, boots and breaks whole images; recipes of its own are made of features.
  ['build/suites', ['build/', 'recipes/', 'qemu-tests/guest.ts']],
  ['build/faults', ['build/']],
  ['recipes', ['build/model']],
  ['qemu-tests', ['build/vm', 'build/model', 'build/formats', 'build/kernel']],
];
const forTests = ['build/testdata', 'build/schema', 'build/host'];
const touchTheWorld = /^(zx\/core|tar-stream|node:fs|node:fs\/promises)$/;
const isTest = (file: string) => /\.(test|night|quick)\.ts$|^build\/(testdata|suites|faults)\//.test(file);

const files = ['build', 'recipes', 'qemu-tests'].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => path.endsWith('.ts')),
);
const imports = files.flatMap((file) =>
  [...readFileSync(join(repository, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, what]) => ({
      file,
      what: what!.startsWith('.') ? join(file, '..', what!) : what!,
    }),
  ),
);

it.each(rules)('%s imports only %j of the project', (folder, allowed) => {
  const within = imports.filter(({ file }) => file === folder || file.startsWith(`${folder}/`));
  const wrong = within.filter(({ file, what }) => {
    // A folder's tests may import what the folder may, test inputs, published schemas, and what runs
    // programs.
    const known = new RegExp(`^(${[folder, ...allowed, ...(isTest(file) ? forTests : [])].join('|')})`);
    return /^(build|recipes|qemu-tests)\//.test(what) && !known.test(what);
  });
  expect(wrong).toEqual([]);
});

it('only build/host touches files and starts programs', () => {
  const within = imports.filter(({ file }) => file.startsWith('build/') && !file.startsWith('build/host/'));
  expect(within.filter(({ file, what }) => !isTest(file) && touchTheWorld.test(what))).toEqual([]);
});

// Node.js ends the program when it cannot open a module, and then nobody tells of the stages under way.
it('no stage loads code when others may run already', () => {
  const loads = /^(?!\s*(\*|\/\/)).*\bimport\(/m;
  const within = files.filter((file) => file.startsWith('build/stages/') && !isTest(file));
  expect(within.filter((file) => loads.test(readFileSync(join(repository, file), 'utf8')))).toEqual([]);
});

it.each(['stages', 'resolve', 'commands', 'hygiene', 'host'])(
  '%s names no distribution and none of their tools',
  (folder) => {
    const within = readdirSync(join(repository, 'build', folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join('build', folder, path))
      .filter((path) => /\.(ts|sh|py)$/.test(path) && !isTest(path));
    const found = within.flatMap((file) => {
      const lines = readFileSync(join(repository, file), 'utf8').split('\n');
      return lines.flatMap((line, at) =>
        distroWords.test(line.replaceAll("'Debian cloud'", '')) ? [`${file}:${at + 1} ${line.trim()}`] : [],
      );
    });
    expect(within.length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  },
);

it('has a rule for every file', () => {
  expect(imports.length).toBeGreaterThan(200);
  const unruled = files.filter(
    (file) => !rules.some(([folder]) => file === folder || file.startsWith(`${folder}/`)),
  );
  expect(
    unruled.filter((file) => !/^build\/[a-z]+\.test\.ts$/.test(file) && file !== 'build/cli.ts'),
  ).toEqual([]);
});
