import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, openStore, type Store, withTemporary } from '../host/store/store.ts';
import { readImage } from '../project/inputs.ts';
import { readStageCode } from '../project/stage-code.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { distroPrograms, packageFactsScript, verifyScript } from './support/distro-programs.ts';
import { buildDefaultImage } from './support/images.ts';

let store: Store;
let [tools, packages] = ['', ''];
let sourceDateEpoch = 0;

beforeAll(async () => {
  const { lock } = await buildDefaultImage();
  store = await openStore();
  const image = await readImage('nanite-server', 'iso', { lock: lock[1] });
  sourceDateEpoch = image.lock.sourceDateEpoch;
  const { stages } = resolveManifest(image, await readStageCode());
  const { inputs } = stages.find(({ type }) => type === 'hygiene')!;
  [tools, packages] = [store.stage(inputs.tools!), store.stage(inputs.packages!)];
});

/** As a stage does it: files are replaced, not written into. */
const append = (path: string) => `cp -p ${path} new; echo >> new; mv new ${path}`;
const divert = [
  'mv usr/bin/cmp usr/bin/cmp.own; echo > usr/bin/cmp',
  '(cat var/lib/dpkg/diversions; printf "/usr/bin/cmp\\n/usr/bin/cmp.own\\napt\\n") > new; mv new var/lib/dpkg/diversions',
];

test.each<[string, string[], string[]]>([
  ['nothing', [], []],
  [
    'programs, settings, what is diverted, what is behind a link',
    [
      append('usr/bin/find'),
      'rm usr/bin/sort',
      append('etc/bash.bashrc'),
      'rm usr/bin/cmp.own',
      append('usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'),
      'cp -r usr/share/doc/grep elsewhere; rm -r usr/share/doc/grep; ln -s ../../../elsewhere usr/share/doc/grep',
      append('elsewhere/copyright'),
    ],
    [
      '/etc/bash.bashrc',
      '/usr/bin/find',
      '/usr/bin/sort',
      '/usr/bin/cmp.own',
      '/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
      '/usr/share/doc/grep/copyright',
    ],
  ],
  [
    "the package manager's own list of checksums",
    [
      "sed -i 's|^.* usr/bin/find$|0123456789abcdef0123456789abcdef  usr/bin/find|' var/lib/dpkg/info/findutils.md5sums",
    ],
    ['/usr/bin/find'],
  ],
])('%s: what has changed is found as if all packages were verified', async (_what, changes, found) => {
  await withChanges({ before: divert, changes }, async (listed) => {
    const all = await listed(verifyScript);
    expect(all.map((line) => line.slice(line.indexOf('/'))).sort()).toEqual(found.sort());
    expect(await listed(packageFactsScript)).toEqual(all);
  });
});

test('a package whose files are the same is not verified again', async () => {
  const changes = ['rm var/lib/dpkg/status-old', append('usr/bin/find')];
  // Nobody has verified what this adds.
  const before = [...divert, append('usr/bin/less')];
  await withChanges({ before, changes }, async (listed) => {
    expect(await listed(packageFactsScript)).toEqual(['??5??????   /usr/bin/find']);
  });
});

/** Gives `work` a function that returns what a script finds altered. */
async function withChanges(
  { before, changes }: { before: string[]; changes: string[] },
  work: (listed: (script: string) => Promise<string[]>) => Promise<void>,
): Promise<void> {
  await withTemporary(store, async (folder) => {
    const base = await makeScratch(folder, 'packages');
    const root = join(folder, 'root');
    cloneWith(join(packages, 'root'), join(base, 'root'), before);
    copyFileSync(join(packages, 'altered'), join(base, 'altered'));
    cloneWith(join(base, 'root'), root, changes);
    const scratch = await makeScratch(folder, 'scratch');
    const inputs = { '/inputs/root': root, '/inputs/packages': base, ...distroPrograms };
    const listed = async (script: string) => {
      const sandbox = { tools, work: scratch, inputs, sourceDateEpoch };
      await runInside(sandbox, ['sh', '-euc', script, 'verify', '/inputs/root']);
      return readFileSync(join(scratch, 'altered'), 'utf8').split('\n').filter(Boolean).sort();
    };
    await work(listed);
  });
}

function cloneWith(tree: string, clone: string, changes: string[]): void {
  execFileSync('cp', ['--archive', '--link', tree, clone]);
  execFileSync('sh', ['-euc', changes.join('\n')], { cwd: clone });
}
