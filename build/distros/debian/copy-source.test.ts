import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { writeFiles } from '../../host/fs/write-files.ts';
import { runProgram } from '../../testdata/program.ts';
import { aptFiles, copySource } from './apt.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-copy-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const content = 'stands for a package';
const index = [
  'Package: sample',
  'Version: 1',
  'Architecture: all',
  'Filename: pool/sample.deb',
  `Size: ${content.length}`,
  `SHA256: ${sha256(content)}`,
  'Description: a sample',
  '',
].join('\n');

it.each(['plain', 'a%41b', '100%', 'with space', '%20', 'tühi koht', '[x]', 'a?b', 'a#b'])(
  'apt finds index and packages in a folder named %j',
  async (name) => {
    const [mirror, root] = [join(folder, name, 'mirror'), join(folder, name, 'apt')];
    await writeFiles(mirror, { 'dists/forky/main/binary-amd64/Packages': index, 'pool/sample.deb': content });
    await writeFiles(
      root,
      aptFiles({
        root,
        mirror: copySource(mirror),
        base: 'forky',
        components: ['main'],
        keyring: '/none',
        certificates: '',
      }),
    );
    writeFileSync(join(root, 'sources.list'), `deb [trusted=yes] ${copySource(mirror)} forky main\n`);
    const apt = (...words: string[]) =>
      runProgram(['apt-get', '--quiet', ...words], root, { APT_CONFIG: join(root, 'apt.conf') });
    expect(await apt('-o', 'APT::Update::Error-Mode=any', 'update')).toMatchObject({ status: 0 });
    expect(await apt('download', 'sample')).toMatchObject({ status: 0 });
  },
);
