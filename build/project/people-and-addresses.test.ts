import { expect, it } from 'vitest';
import { renderOverlay } from '../resolve/overlay.ts';
import { readDraft, readRecipe, readTarget } from './inputs.ts';

const yescrypt = `$y$j9T$${'a'.repeat(22)}$${'b'.repeat(43)}`;
const key = `ssh-ed25519 AAAA${'C'.repeat(64)} ann@home`;

async function filesWith(options: { [feature: string]: object }): Promise<Map<string, string>> {
  const recipe = await readRecipe('nanite-server');
  const own = recipe.features.filter(({ name }) => !(name in options));
  const added = Object.entries(options).map(([name, given]) => ({ name, options: given as never }));
  const draft = await readDraft({ ...recipe, features: [...own, ...added] }, await readTarget('qcow2'));
  const { early, late } = renderOverlay({ ...draft, version: '20261030' });
  return new Map([...early, ...late].map((entry) => [entry.path, 'content' in entry ? entry.content : '']));
}

it('gives a user groups, keys and rights, and no password by default', async () => {
  const files = await filesWith({ account: { name: 'ann', groups: ['video'], sshKeys: [key] } });
  expect(files.get('usr/lib/sysusers.d/account.conf')).toContain('m ann video\nm ann sudo\n');
  const line = files.get('usr/lib/tmpfiles.d/account.conf')!.trim().split('\n').at(-1)!;
  expect(line).toMatch(/^f~ \/home\/ann\/\.ssh\/authorized_keys 0600 ann ann - /);
  expect(Buffer.from(line.split(' ').at(-1)!, 'base64').toString()).toBe(`${key}\n`);
  expect(files.get('etc/sudoers.d/account')).toContain('NOPASSWD');
  expect(files.has('etc/account-password')).toBe(false);
});

it('hands a password over as its hash, which sudo then asks for', async () => {
  const files = await filesWith({ account: { name: 'ann', passwordHash: yescrypt } });
  expect(files.get('etc/account-password')).toBe(`ann:${yescrypt}\n`);
  expect(files.get('etc/sudoers.d/account')).not.toContain('NOPASSWD');
});

it.each([
  [{ account: { passwordHash: 'secret' } }, /"secret" is no hash by yescrypt or SHA-512/],
  [{ account: { passwordHash: `$1$abc$${'a'.repeat(22)}` } }, /is no hash by yescrypt or SHA-512/],
  [{ account: { passwordHash: `${yescrypt}\nroot:x` } }, /is no hash by yescrypt or SHA-512/],
  [{ account: { sshKeys: ['ssh-ed25519 AAAA'] } }, /is no public SSH key in one line/],
  [{ account: { sshKeys: [`${key}\n${key}`] } }, /is no public SSH key in one line/],
  [{ account: { name: 'nanite' } }, /both make the account nanite/],
  [{ network: { addresses: ['192.0.2.10'] } }, /is no IP address with the length of its network/],
  [{ network: { addresses: ['192.0.2.300/24'] } }, /is no IP address with the length of its network/],
  [{ network: { addresses: ['192.0.2.1/33'] } }, /is no IP address with the length of its network/],
  [{ network: { addresses: ['192.0.2.1/24'], dns: ['one.one'] } }, /"one\.one" is no IP address/],
  [
    { network: { addresses: ['192.0.2.1/24'], gateway: '198.51.100.1' } },
    /gateway 198\.51\.100\.1 is in none of/,
  ],
  [{ network: { gateway: '192.0.2.1' } }, /belong to addresses, and there are none/],
])('refuses %j', async (options, message) => {
  await expect(filesWith(options)).rejects.toMatchObject({ message: expect.stringMatching(message) });
});

it.each([
  [{ interface: 'en*' }, 'Name=en*'],
  [{ interface: '52:54:00:12:34:56' }, 'MACAddress=52:54:00:12:34:56'],
  [{}, 'Type=ether'],
])('gives cards chosen by %j fixed addresses', async (card, match) => {
  const files = await filesWith({
    network: {
      ...card,
      addresses: ['192.0.2.10/24', '2001:db8::10/64'],
      gateway: '192.0.2.1',
      dns: ['192.0.2.1'],
    },
  });
  const text = files.get('usr/lib/systemd/network/75-ingot-static.network')!;
  expect(text).toContain(match);
  expect(text).toContain(
    'Address=192.0.2.10/24\nAddress=2001:db8::10/64\nGateway=192.0.2.1\nDNS=192.0.2.1\n',
  );
});
