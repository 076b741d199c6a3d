import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('a drive is mounted, written to and taken away', async () => {
  await vm.guest.succeed('truncate --size=64M /run/stick && mkfs.exfat -L STICK /run/stick');
  const set = await vm.guest.succeed('udisksctl loop-setup --file /run/stick');
  const device = /\/dev\/loop\d+/.exec(set)![0];
  const mounted = await vm.guest.succeed(`udisksctl mount --block-device ${device}`);
  const folder = / at (\/\S+?)\.?$/m.exec(mounted)![1];
  expect(folder).toContain('STICK');
  await vm.guest.succeed(`echo x > ${folder}/x && findmnt --types exfat ${folder}`);
  await vm.guest.succeed(`udisksctl unmount --block-device ${device}`);
  await vm.guest.succeed(`udisksctl loop-delete --block-device ${device}; rm /run/stick`);
});
