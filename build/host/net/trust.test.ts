import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ranged, serve, status } from '../../testdata/loopback.ts';
import { makeAuthority, makeCertificate, startSecure } from '../../testdata/office.ts';
import { authority, body, certificate, fetched, folder, opened, text } from '../../testdata/office-client.ts';

const names = ['--ca', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'];
it.each(names)("trusts an office's own authority by %s, with all that it trusts anyway", async (name) => {
  const server = await opened(startSecure(certificate, { body }));
  const bundle = join(folder, 'bundle.pem');
  writeFileSync(
    bundle,
    `a comment\n${readFileSync(makeAuthority(folder, 'Another CA').certificate)}\n${readFileSync(authority.certificate)}`,
  );
  if (name !== '--ca') vi.stubEnv(name, bundle);
  expect(await fetched(server.url, name === '--ca' ? { ca: bundle } : {})).toBe(text);
  const { trustedAuthorities } = await import('./trust.ts');
  expect(trustedAuthorities().match(/BEGIN CERTIFICATE/g)!.length).toBeGreaterThan(100);
});

it('names the authority that is missing, and asks once', async () => {
  const server = await opened(startSecure(certificate, { body }));
  await expect(fetched(server.url)).rejects.toMatchObject({
    code: 'MIRROR_DOWN',
    message: expect.stringMatching(/\/x: its certificate is of an authority that is not trusted here: /),
    hint: expect.stringMatching(/--ca <file>.*NODE_EXTRA_CA_CERTS/),
  });
  expect(server.seen).toEqual([]);
});

it('names a certificate for another name', async () => {
  const other = makeCertificate(folder, authority, { name: 'DNS:other.example' });
  const server = await opened(startSecure(other, { body }));
  await expect(fetched(server.url, { ca: authority.certificate })).rejects.toMatchObject({
    message: expect.stringMatching(
      /its certificate is for another name: .*127\.0\.0\.1 is not in the cert's list/,
    ),
  });
});

it('follows from http to a server with a certificate, and back', async () => {
  const last = await opened(serve(body, [ranged]));
  const middle = await opened(startSecure(certificate, { location: `${last.url}/z` }));
  const first = await opened(serve(body, [status(302, { location: `${middle.url}/y` })]));
  expect(await fetched(first.url, { ca: authority.certificate })).toBe(text);
  expect(middle.seen).toEqual(['GET /y']);
});

it.each([
  ['does not exist', '/no/such.pem', /^--ca: \/no\/such\.pem does not exist$/],
  ['is a folder', '/etc', /^--ca: \/etc is no file$/],
  ['holds no certificate', '/etc/hostname', /^--ca: \/etc\/hostname holds no certificate$/],
])('refuses a file that %s', async (_what, ca, message) => {
  await expect(fetched('http://127.0.0.1:9', { ca })).rejects.toMatchObject({
    code: 'PATH_UNUSABLE',
    message: expect.stringMatching(message),
    hint: expect.stringContaining('BEGIN CERTIFICATE'),
  });
});

it('names the variable whose file is damaged', async () => {
  const damaged = join(folder, 'damaged.pem');
  writeFileSync(damaged, readFileSync(authority.certificate, 'utf8').replace(/[A-Za-z]{20}/, ''));
  vi.stubEnv('SSL_CERT_FILE', damaged);
  await expect(fetched('https://127.0.0.1:9')).rejects.toMatchObject({
    code: 'PATH_UNUSABLE',
    message: `SSL_CERT_FILE: ${damaged} has a damaged certificate`,
  });
});

it('names the clock where a certificate is not valid now', async () => {
  const expired = makeCertificate(folder, authority, { days: 0 });
  const server = await opened(startSecure(expired, { body }));
  // It ends with the second in which it was made.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await expect(fetched(server.url, { ca: authority.certificate })).rejects.toMatchObject({
    message: expect.stringContaining('its certificate is not valid now: certificate has expired'),
    hint: expect.stringContaining('clock'),
  });
});
