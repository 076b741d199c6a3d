import { expect, it } from 'vitest';
import { run } from '../../host/run/command.ts';
import type { IngotError } from '../../model/errors.ts';
import { complaints, unknown } from '../../testdata/apt-errors.ts';
import { timesAsLong } from '../../testdata/times-as-long.ts';
import {
  aptFiles,
  copySource,
  parseComponents,
  parseRecords,
  parseReleaseDate,
  parseSimulation,
} from './apt.ts';
import { explainApt, unknownPackages } from './apt-complaints.ts';

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
    installedKiB: 99,
    sha256: 'c'.repeat(64),
  });
  const output = `${record('zstd')}\n${record('apt')}\n\n${record('zstd')}\n`;
  expect(parseRecords(output)).toEqual([facts('apt'), facts('zstd')]);
});

it.each([
  ['no SHA256', /^SHA256: .*\n/m, '', /record of zstd has no SHA256$/],
  ['a hash cut short', /c{10}\n/, '\n', /record of zstd has the SHA256 "c{54}"$/],
  ['no size', /^Size: .*\n/m, '', /record of zstd has no Size$/],
  ['no unpacked size', /^Installed-Size: .*\n/m, '', /record of zstd has no Installed-Size$/],
  ['a size that is no number', '\nSize: 1234', '\nSize: 1e400', /has the Size "1e400"$/],
  ['a way up', 'pool/main', 'pool/../..', /has the Filename "pool\/\.\.\/\.\.\/z/],
  ['a path from the root', 'Filename: ', 'Filename: /', /has the Filename "\/pool/],
  ['a name that a shell or apt would read as something else', 'zstd', '-o', /a package calls it "-o"$/],
])('refuses a record with %s', (_what, from, to, message) => {
  const output = `Package: zstd
Architecture: amd64
Version: 1:2.0-1
Installed-Size: 99
Filename: pool/main/z/zstd/zstd_2.0-1_amd64.deb
Size: 1234
SHA256: ${'c'.repeat(64)}
`.replace(from, to);
  expect(() => parseRecords(output)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringMatching(message) }) as IngotError,
  );
});

// A pattern that may divide a run in two anywhere takes far longer for these.
it.each([
  ['a name of colons', `Inst ${'a:'.repeat(10_000)}`],
  ['a name without an end', `Inst a [${']'.repeat(20_000)}`],
])('reads a simulation with %s as quickly as one with a long name', (_what, output) => {
  expect(parseSimulation(output)).toEqual([]);
  const asLong = timesAsLong(
    () => parseSimulation(output),
    () => parseSimulation(`Inst ${'ab'.repeat(10_000)}`),
  );
  expect(asLong).toBeLessThan(5);
});

it.each([
  'x',
  'Fri, 32 Foo 2026 08:08:01 UTC',
  'Fri, 30 Oct 2026 08:08:01',
  'Fri, 30 Oct 2026 08:08:01:01 UTC',
  'Fri, 30 Oct 12026 08:08:01 UTC',
  '2026-10-30',
])('refuses a Release of "%s"', (date) => {
  expect(() => parseReleaseDate(`Origin: Debian\nDate: ${date}\n`)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: `the Release file has the Date "${date}", which is not a date`,
    }) as IngotError,
  );
});

it('reads the date of a Release and refuses one without', () => {
  const text =
    'Origin: Debian\nDate: Fri, 30 Oct 2026 08:08:01 UTC\nValid-Until: Sat, 07 Nov 2026 08:08:01 UTC\n';
  expect(parseReleaseDate(text)).toBe('2026-10-30T08:08:01.000Z');
  expect(() => parseReleaseDate('Origin: Debian\n')).toThrow('no Date field');
});

it('reads the components of a Release', () => {
  expect(parseComponents('Origin: Debian\nComponents: main  contrib\nDate: x\n')).toEqual([
    'main',
    'contrib',
  ]);
  expect(parseComponents('Origin: Debian\n')).toEqual([]);
});

const place = {
  root: '/r',
  base: 'forky',
  components: ['main', 'contrib'],
  keyring: '/k.gpg',
  certificates: 'PEM',
};

it('keeps the host out of apt: one source, signed by the given keyring, no file of /etc', () => {
  const files = aptFiles({ ...place, mirror: 'http://m/debian' });
  expect(files['sources.list']).toBe('deb [signed-by=/k.gpg] http://m/debian forky main contrib\n');
  expect(files['apt.conf']).not.toMatch(/"\/(?!r\/|dev\/null")/);
  expect(files['apt.conf']).toContain('APT::Get::AllowUnauthenticated "false"');
});

it.each([
  ['http://m:80/debian', undefined, 'Acquire::http::Proxy::m "DIRECT";'],
  ['https://m.example/d', 'http://p:3128', 'Acquire::https::Proxy::m.example "http://p:3128";'],
])('tells apt the way to %s by %s, and whom to trust', (mirror, proxy, line) => {
  const files = aptFiles({ ...place, mirror, proxy });
  expect(files['apt.conf']!.split('\n')).toContain(line);
  expect(files['apt.conf']).toContain('Acquire::https::CAInfo "/r/certificates.pem";');
  expect(files['certificates.pem']).toBe('PEM');
});

it('has no proxy for a folder', () => {
  expect(aptFiles({ ...place, mirror: copySource('/srv/a b') })['apt.conf']).not.toContain('Proxy');
});

const asked = { base: 'forky', mirror: 'mirror http://deb.example/debian (--mirror)' };

/** The error is made as it is in a build: by a command that prints this and fails. */
async function failing({ stdout = '', stderr }: { stdout?: string; stderr: string }): Promise<unknown> {
  const env = { PATH: process.env.PATH!, OUT: stdout, ERR: stderr };
  const command = ['sh', '-c', 'printf %s "$OUT"; printf %s "$ERR" >&2; exit 100'];
  return run(command, { env }).catch((error) => error);
}

it.each(unknown)('finds the packages that nobody has: $names', async ({ names, ...printed }) => {
  expect(unknownPackages(await failing(printed))).toEqual(names);
});

it.each(complaints)('explains $what', async ({ code, message, hint = '', ...printed }) => {
  const failed = await failing(printed);
  expect(explainApt(failed, asked)).toMatchObject({
    code,
    message,
    hint: expect.stringContaining(hint),
    cause: failed,
  });
});

it('leaves a failure that it does not know as it is', async () => {
  const failed = await run(['sh', '-c', 'echo "E: dpkg was interrupted" >&2; exit 100']).catch(
    (error) => error,
  );
  expect(explainApt(failed, asked)).toBe(failed);
  expect(explainApt(new TypeError('x'), asked)).toMatchObject({ code: 'INTERNAL' });
});
