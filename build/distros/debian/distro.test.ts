import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import { debian } from './distro.ts';

const top = mkdtempSync(join(tmpdir(), 'ingot distro-'));
const root = join(top, 'root');
const script = (name: string) => fileURLToPath(new URL(`scripts/${name}`, import.meta.url));
afterEach(() => rmSync(root, { recursive: true, force: true }));
afterAll(() => rmSync(top, { recursive: true }));

it('names a version with an epoch in a package URL', () => {
  const git = { name: 'git', version: '1:2.51~rc1-1', architecture: 'amd64' };
  expect(debian.purl(git, 'forky')).toBe('pkg:deb/debian/git@1:2.51~rc1-1?arch=amd64&distro=forky');
});

it('has every file that its programs name', () => {
  const named = Object.values(debian.programs).flatMap(({ files }) => files);
  expect([...new Set(named)].sort()).toEqual(readdirSync(dirname(script('index.sh'))).sort());
});

it('asks mmdebstrap for exactly the listed packages, from the local repository alone', () => {
  fill(['packages'], 'apt 1.0-1\nzstd 2:1.5~rc1+b2\n');
  // In place of mmdebstrap: prints its arguments.
  writeFileSync(join(root, 'mmdebstrap'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  const words = ['forky', join(root, 'packages'), '/inputs/repo', '/scratch/root', '--customize-hook=two'];
  const env = { PATH: `${root}${delimiter}${process.env.PATH}` };
  expect(execFileSync('sh', [script('install.sh'), ...words], { env, encoding: 'utf8' }).split('\n')).toEqual(
    [
      '--mode=root',
      '--format=directory',
      '--variant=essential',
      '--architectures=amd64',
      '--dpkgopt=force-unsafe-io',
      '--aptopt=APT::Install-Recommends "false"',
      '--aptopt=Acquire::Languages "none"',
      '--include=apt=1.0-1,zstd=2:1.5~rc1+b2',
      '--customize-hook=two',
      'forky',
      '/scratch/root',
      'deb [trusted=yes] copy:/inputs/repo forky main',
      '',
    ],
  );
});

it('lists a package in each of its states', () => {
  const stanza = (name: string, state: string, more: string) =>
    `Package: ${name}\nStatus: ${state}\nMaintainer: A B <a@example.org>\nArchitecture: amd64\n${more}Description: x\n Version: 9\n`;
  const status = [
    stanza(
      'zstd',
      'install ok installed',
      'Source: libzstd\nVersion: 1.5-1\nHomepage: https://example.org/\n',
    ),
    stanza('3cpio', 'install ok installed', 'Source: rust-threecpio (0.14.0-1)\nVersion: 0.14.0-1+b1\n'),
    stanza('gone', 'deinstall ok config-files', 'Version: 1\n'),
  ];
  fill(['var/lib/dpkg/status'], status.join('\n'));
  const listing = execFileSync('sh', [script('list-installed.sh'), root], { encoding: 'utf8' });
  expect(listing.trimEnd().split('\n').sort()).toEqual([
    '3cpio\t0.14.0-1+b1\tamd64\tinstalled\tA B <a@example.org>\trust-threecpio (0.14.0-1)\t',
    'gone\t1\tamd64\tconfig-files\tA B <a@example.org>\tgone (1)\t',
    'zstd\t1.5-1\tamd64\tinstalled\tA B <a@example.org>\tlibzstd (1.5-1)\thttps://example.org/',
  ]);
});

it('scrubs what belongs to one machine or one build, and nothing else', () => {
  const kept = ['etc/ssh/sshd_config', 'etc/passwd', 'var/lib/dpkg/status', 'usr/lib/python3/x.py'];
  const born = [
    'etc/ssh/ssh_host_ed25519_key',
    'etc/ssh/ssh_host_ed25519_key.pub',
    'var/lib/dbus/machine-id',
    'var/lib/systemd/random-seed',
    'var/lib/systemd/credential.secret',
    'var/log/apt/history.log',
    'var/cache/ldconfig/aux-cache',
    'var/lib/apt/lists/mirror_InRelease',
    'var/cache/apt/pkgcache.bin',
    'etc/shadow-',
    'etc/resolv.conf',
    'etc/hostname',
    'usr/lib/python3/__pycache__/x.pyc',
  ];
  fill([...kept, ...born, 'var/tmp/.keep', 'var/cache/man/.keep', 'etc/machine-id']);
  execFileSync('sh', [script('scrub.sh'), root]);
  const left = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  expect(left.sort()).toEqual([...kept, 'etc/machine-id', 'var/cache/man/.keep', 'var/tmp/.keep'].sort());
  expect(readFileSync(join(root, 'etc/machine-id'), 'utf8')).toBe('uninitialized\n');
});

const security = `
Types: deb
URIs: http://archive.example/debian-security
Suites: forky-security
`;

it.each([
  ['forky', 'Suites: forky forky-updates', security],
  ['sid', 'Suites: sid', ''],
])("gives an image of %s apt's own example sources, for its suite", (suite, suites, more) => {
  fill(['etc/apt/sources.list.d/.keep']);
  fill(
    ['usr/share/doc/apt/examples/debian.sources'],
    `## Debian distribution repository
##
## See the sources.list(5) manual page for further settings.
Types: deb
URIs: http://archive.example/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

## Debian security updates.
Types: deb
URIs: http://archive.example/debian-security
Suites: trixie-security
`,
  );
  execFileSync('sh', [script('sources.sh'), root, suite]);
  expect(readFileSync(join(root, 'etc/apt/sources.list.d/debian.sources'), 'utf8')).toBe(`Types: deb
URIs: http://archive.example/debian
${suites}
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
${more}`);
});

function fill(paths: string[], text = 'x\n'): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
