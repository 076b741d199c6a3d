import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Ran, runScript } from '../../testdata/cloud-script.ts';

const name = 'nanite-server-20260102';
const disk = `${name}.disk.qcow2`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-nocloud-'));
  writeFileSync(join(folder, 'key.pub'), 'ssh-ed25519 A\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As libvirt and qemu-img do: a name can be used once, and an existing disk is replaced. */
function start({ virsh = 'cat machines 2> /dev/null || :' } = {}): Ran {
  const programs = {
    virsh,
    'cloud-localds': 'echo seed > "$1"',
    'qemu-img': `echo empty > ${disk}`,
    'virt-install': '! grep -q "^$2$" machines 2> /dev/null && echo "$2" >> machines',
  };
  return runScript('nocloud', folder, { env: { SSH_KEY: 'key.pub' }, programs });
}

const programsOf = ({ calls }: Ran) => calls.map((call) => call.split(' ')[0]);
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
/** All that the script may have written. */
const written = () =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${name}.`))
    .map((file) => [file, textOf(file)]);

it('makes a seed, a disk and a machine', () => {
  const first = start();
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(programsOf(first)).toEqual(['virsh', 'cloud-localds', 'qemu-img', 'virt-install']);
  expect(textOf(`${name}.user-data`)).toBe("#cloud-config\nssh_authorized_keys:\n  - 'ssh-ed25519 A'\n");
  expect(textOf('machines')).toBe(`${name}\n`);
});

it.each([
  ['machine and disk are', () => {}, `machine ${name} and `],
  ['the disk alone is', () => rmSync(join(folder, 'machines')), ''],
])('writes nothing where %s there, and says how that starts', (_what, change, named) => {
  start();
  writeFileSync(join(folder, disk), 'kept by the machine');
  change();
  const before = written();
  const second = start();
  expect([second.status, programsOf(second)]).toEqual([1, ['virsh']]);
  expect(second.stderr).toContain(`already there: ${named}${folder}/${disk}; `);
  expect(second.stderr).toContain(`virsh start ${name}\n`);
  expect(second.stderr).toContain(`virsh undefine --nvram ${name}; rm ${folder}/${disk}\n`);
  expect(written()).toEqual(before);
});

it('writes nothing where the machine alone is there', () => {
  writeFileSync(join(folder, 'machines'), `other\n${name}\n`);
  const { status, stderr } = start();
  expect([status, stderr]).toEqual([1, expect.stringContaining(`already there: machine ${name}; `)]);
  expect(written()).toEqual([]);
});

it('writes nothing where libvirt does not answer', () => {
  expect(start({ virsh: 'exit 7' }).status).toBe(7);
  expect(written()).toEqual([]);
});

it('is not kept back by machines of other names', () => {
  writeFileSync(join(folder, 'machines'), `${name}-2\nmy-${name}\n`);
  expect(start()).toMatchObject({ status: 0, stderr: '' });
});
