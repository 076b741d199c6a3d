import { expect, it, vi } from 'vitest';
import { ranged, serve, status } from '../../testdata/loopback.ts';
import { startProxy, startSecure } from '../../testdata/office.ts';
import { authority, body, certificate, fetched, opened, text } from '../../testdata/office-client.ts';

it.each([
  ['http_proxy', 'http'],
  ['HTTP_PROXY', 'http'],
  ['all_proxy', 'http'],
  ['https_proxy', 'https'],
  ['HTTPS_PROXY', 'https'],
  ['ALL_PROXY', 'https'],
])('goes by %s to a server by %s', async (variable, scheme) => {
  const proxy = await opened(startProxy());
  const server = await (scheme === 'http'
    ? opened(serve(body, [ranged]))
    : opened(startSecure(certificate, { body })));
  vi.stubEnv(variable, proxy.url);
  expect(await fetched(server.url, { ca: authority.certificate })).toBe(text);
  const host = server.url.replace('https://', '');
  expect(proxy.seen).toEqual([scheme === 'http' ? `GET ${server.url}/x` : `CONNECT ${host}`]);
});

it.each(['127.0.0.1', '*', 'other.example, 127.0.0.1'])(
  'goes straight to a host of no_proxy: %s',
  async (hosts) => {
    const [proxy, server] = [await opened(startProxy()), await opened(serve(body, [ranged]))];
    vi.stubEnv('http_proxy', proxy.url);
    vi.stubEnv('no_proxy', hosts);
    expect(await fetched(server.url)).toBe(text);
    expect(proxy.seen).toEqual([]);
  },
);

it('asks for every step of a redirection whether it has a proxy', async () => {
  const proxy = await opened(startProxy());
  const last = await opened(serve(body, [ranged]));
  const first = await opened(serve(body, [status(302, { location: `${last.url}/y` })]));
  vi.stubEnv('http_proxy', proxy.url);
  vi.stubEnv('no_proxy', first.url.replace('http://', ''));
  expect(await fetched(first.url)).toBe(text);
  expect(proxy.seen).toEqual([`GET ${last.url}/y`]);
});

it('tells a proxy the password that is in its variable, and shows it to nobody', async () => {
  const proxy = await opened(startProxy({ password: 'p@ss' }));
  const server = await opened(serve(body, [ranged]));
  const as = (user: string) => proxy.url.replace('//', `//${user}@`);
  vi.stubEnv('http_proxy', as('user:p%40ss'));
  expect(await fetched(server.url)).toBe(text);
  vi.stubEnv('http_proxy', as('user:wrong'));
  await expect(fetched(server.url)).rejects.toMatchObject({
    code: 'MIRROR_DOWN',
    message: `${server.url}/x through the proxy ${as('user:…')} (http_proxy): HTTP 407, the proxy asks for a user and a password`,
    hint: expect.stringContaining('http://user:password@proxy.example'),
  });
});

const refused: [what: string, scheme: 'http' | 'https', proxy: () => Promise<string>, message: RegExp][] = [
  ['that is not there', 'http', async () => 'http://127.0.0.1:9', /connect ECONNREFUSED 127\.0\.0\.1:9$/],
  ['that is not there', 'https', async () => 'http://127.0.0.1:9', /connect ECONNREFUSED 127\.0\.0\.1:9$/],
  [
    'that asks for a password',
    'https',
    async () => (await opened(startProxy({ password: 'x' }))).url,
    /HTTP 407, the proxy asks for a user and a password$/,
  ],
];
it.each(refused)('names a proxy %s, by %s', async (_what, scheme, proxy, message) => {
  const url = await proxy();
  vi.stubEnv(`${scheme}_proxy`, url);
  const failed = fetched(`${scheme}://mirror.invalid`);
  const through = `${scheme}://mirror.invalid/x through the proxy ${url} (${scheme}_proxy): `;
  await expect(failed).rejects.toMatchObject({
    code: 'MIRROR_DOWN',
    message: expect.stringMatching(message),
  });
  await expect(failed).rejects.toThrow(through);
});

it.each(['socks5://127.0.0.1:1', 'http://', 'ht tp'])(
  'refuses %s for a proxy by the name of its variable',
  async (url) => {
    vi.stubEnv('http_proxy', url);
    await expect(fetched('http://mirror.invalid')).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/^proxy .* \(http_proxy\) is not the URL of an HTTP proxy$/),
      hint: expect.stringContaining('no_proxy'),
    });
  },
);

it('says nothing of a proxy that is not asked', async () => {
  vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
  vi.stubEnv('no_proxy', '127.0.0.1');
  await expect(fetched('http://127.0.0.1:9')).rejects.toMatchObject({
    message: 'http://127.0.0.1:9/x: connect ECONNREFUSED 127.0.0.1:9',
    hint: 'DOWN',
  });
});
