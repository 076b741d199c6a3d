import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('processors and memory are those of the machine', async () => {
  const { cpus } = session.record.machine;
  expect(Number(await vm.guest.succeed('hwloc-calc --number-of pu all'))).toBe(cpus);
  const found = JSON.parse(await vm.guest.succeed('lshw -quiet -json -class memory -class processor')) as {
    id: string;
    size?: number;
  }[];
  expect(found.filter(({ id }) => /^cpu/.test(id)).length).toBeGreaterThan(0);
  expect(found.some(({ id, size = 0 }) => id === 'memory' && size > 2 ** 29)).toBe(true);
  expect(await vm.guest.succeed('dmidecode --string system-manufacturer')).toContain('QEMU');
});

test('cards are listed by their makers', async () => {
  expect(await vm.guest.succeed('lspci')).toMatch(/Intel|Red Hat/);
  await vm.guest.succeed('lsusb --version && nvtop --version');
});

test('a machine without a TPM says so', async () => {
  await vm.guest.succeed('test -e /dev/tpm0 && tpm2_getrandom --hex 8 || tpm2_getcap --version');
});
