import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { lockedPackage } from '../../schema/fixture.ts';
import { aptSources, mmdebstrap, scrub } from './mmdebstrap.ts';

const root = mkdtempSync(join(tmpdir(), 'ingot-root-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('asks mmdebstrap for exactly the locked packages, from the local repository alone', () => {
  const packages = [lockedPackage('apt'), { ...lockedPackage('zstd'), version: '2:1.5~rc1+b2' }];
  const where = { suite: 'forky', repository: '/inputs/repo', root: '/scratch/root' };
  expect(mmdebstrap({ ...where, packages, setup: ['one "$1"'], customize: ['two', 'three'] })).toEqual([
    'mmdebstrap',
    '--mode=root',
    '--format=directory',
    '--variant=essential',
    '--architectures=amd64',
    '--dpkgopt=force-unsafe-io',
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Languages "none"',
    '--include=apt=1.0-1,zstd=2:1.5~rc1+b2',
    '--setup-hook=one "$1"',
    '--customize-hook=two',
    '--customize-hook=three',
    'forky',
    '/scratch/root',
    'deb [trusted=yes] copy:/inputs/repo forky main',
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
  for (const command of scrub) execFileSync('sh', ['-euc', command, 'scrub', root]);
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
  execFileSync('sh', ['-euc', aptSources(suite), 'sources', root]);
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
