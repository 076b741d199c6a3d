import { expect, it } from 'vitest';
import { publicKeyLines, publicKeyProblem } from './authorized-keys.ts';

/** A key of a type, as ssh-keygen writes them. */
const keyOf = (type: string, ...fields: Buffer[]) => {
  const parts = [Buffer.from(type), ...fields].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `${type} ${Buffer.concat(parts).toString('base64')}`;
};
const ed25519 = keyOf('ssh-ed25519', Buffer.alloc(32, 7));

it.each([
  ed25519,
  `${ed25519} me@laptop: "mine" # 1`,
  keyOf('ssh-rsa', Buffer.from([1, 0, 1]), Buffer.alloc(257, 9)),
  keyOf('ecdsa-sha2-nistp256', Buffer.from('nistp256'), Buffer.alloc(65, 4)),
  keyOf('sk-ssh-ed25519@openssh.com', Buffer.alloc(32, 7), Buffer.from('ssh:')),
  `restrict ${ed25519}`,
  `restrict,pty\t${ed25519}`,
  `command="/bin/echo \\"a b\\"",no-pty,from="10.0.0.0/8,!10.1.*" ${ed25519} backup`,
  `environment="A=ssh-rsa AAAA" ${ed25519}`,
])('takes %s', (line) => {
  expect(publicKeyProblem(line)).toBeUndefined();
});

it.each([
  ['-----BEGIN OPENSSH PRIVATE KEY-----', 'is no public SSH key'],
  ['AAAAC3NzaC1lZDI1NTE5AAAA', 'is no public SSH key'],
  ['ssh-ed25519', 'is no public SSH key'],
  [`command="a b ${ed25519}`, 'is no public SSH key'],
  [`no pty ${ed25519}`, 'is no public SSH key'],
  [ed25519.slice(0, -8), 'holds a key of type ssh-ed25519 that was cut'],
  [ed25519.replace('ssh-ed25519 ', 'ssh-rsa '), 'calls a key ssh-rsa that is ssh-ed25519'],
  [`restrict ${ed25519.slice(0, -12)}`, 'holds a key of type ssh-ed25519 that was cut'],
])('refuses %s', (line, problem) => {
  expect(publicKeyProblem(line)).toBe(problem);
});

it('leaves comments and empty lines out, whatever the line ends', () => {
  expect(publicKeyLines(`# mine\r\n\r\n  ${ed25519} \r\n#${ed25519}\n`)).toEqual([ed25519]);
});
