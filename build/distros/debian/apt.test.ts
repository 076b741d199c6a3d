import { expect, it } from 'vitest';
import { run } from '../../host/command.ts';
import { aptFiles, explainApt, parseRecords, parseReleaseDate, parseSimulation } from './apt.ts';
import { complaints } from './complaints.ts';

it('reads from a simulation what would be unpacked, whatever architecture or older version is named', () => {
  const output = `Reading package lists...
The following NEW packages will be installed:
  good libc6 zlib1g
Remv old [1.0]
Inst libc6 (2.42-2 Debian:forky [amd64])
Inst zlib1g:amd64 [1:1.3] (1:1.3.1+dfsg-1+b1 Debian:forky [amd64]) []
Inst good (1.0~rc1 forky [all])
Conf good (1.0~rc1 forky [all])
`;
  expect(parseSimulation(output)).toEqual(['good=1.0~rc1', 'libc6=2.42-2', 'zlib1g=1:1.3.1+dfsg-1+b1']);
});

it('reads pinned facts from records, sorted, each package once', () => {
  const record = (name: string) => `Package: ${name}
Architecture: amd64
Version: 1:2.0-1
Installed-Size: 99
Filename: pool/main/${name}/${name}_2.0-1_amd64.deb
Size: 1234
SHA256: ${'c'.repeat(64)}
Description: Package: and Size: 5 in the middle of a line
 Version: 9 in a continuation line
`;
  const facts = (name: string) => ({
    name,
    version: '1:2.0-1',
    architecture: 'amd64',
    path: `pool/main/${name}/${name}_2.0-1_amd64.deb`,
    size: 1234,
    sha256: 'c'.repeat(64),
  });
  const output = `${record('zstd')}\n${record('apt')}\n\n${record('zstd')}\n`;
  expect(parseRecords(output)).toEqual([facts('apt'), facts('zstd')]);
});

it('reads the date of a Release and refuses one without', () => {
  const text =
    'Origin: Debian\nDate: Fri, 30 Oct 2026 08:08:01 UTC\nValid-Until: Sat, 07 Nov 2026 08:08:01 UTC\n';
  expect(parseReleaseDate(text)).toBe('2026-10-30T08:08:01.000Z');
  expect(() => parseReleaseDate('Origin: Debian\n')).toThrow('no Date field');
});

it('keeps the host out of apt: one source, signed by the given keyring, no file of /etc', () => {
  const files = aptFiles({ root: '/r', mirror: 'http://m/debian', suite: 'forky', keyring: '/k.gpg' });
  expect(files['sources.list']).toBe('deb [signed-by=/k.gpg] http://m/debian forky main\n');
  expect(files['apt.conf']).not.toMatch(/"\/(?!r\/|dev\/null")/);
  expect(files['apt.conf']).toContain('APT::Get::AllowUnauthenticated "false"');
});

it.each(complaints)('explains $what', async ({ stdout = '', stderr, code, message }) => {
  // The error is made as it is in a build: by a command that prints this and fails.
  const env = { PATH: process.env.PATH!, OUT: stdout, ERR: stderr };
  const command = ['sh', '-c', 'printf %s "$OUT"; printf %s "$ERR" >&2; exit 100'];
  const failed = await run(command, { env }).catch((error) => error);
  expect(explainApt(failed, 'forky')).toMatchObject({ code, message, cause: failed });
});

it('leaves a failure that it does not know as it is', async () => {
  const failed = await run(['sh', '-c', 'echo "E: dpkg was interrupted" >&2; exit 100']).catch(
    (error) => error,
  );
  expect(explainApt(failed, 'forky')).toBe(failed);
  expect(explainApt(new TypeError('x'), 'forky')).toMatchObject({ code: 'INTERNAL' });
});
