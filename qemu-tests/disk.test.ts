import { expect, test } from 'vitest';
import { record, session, useGuest } from './guest.ts';

const vm = useGuest();
const mebibyte = 2 ** 20;

interface Mount {
  target: string;
  source: string;
  fstype: string;
  options: string;
  size: number;
}

async function mounts(query: string): Promise<Mount[]> {
  const columns = 'TARGET,SOURCE,FSTYPE,OPTIONS,SIZE';
  const json = await vm.guest.succeed(`findmnt --json --bytes --list --output ${columns} ${query}`);
  return (JSON.parse(json) as { filesystems: Mount[] }).filesystems;
}

/** Where fstab says that the file system grows: the root, or the data. */
async function growing(): Promise<string> {
  const grows = (await mounts('--fstab')).filter(({ options }) => options.includes('x-systemd.growfs'));
  expect(grows).toHaveLength(1);
  return grows[0]!.target;
}

test('the last partition fills the disk, which is larger than the image', async (context) => {
  const [root] = await mounts(`--mountpoint ${await growing()}`);
  const read = async (what: string) =>
    Number(await vm.guest.succeed(`lsblk --noheadings --bytes --nodeps --output ${what} ${root!.source}`));
  const parent = (
    await vm.guest.succeed(`lsblk --noheadings --nodeps --output PKNAME ${root!.source}`)
  ).trim();
  const disk = Number(await vm.guest.succeed(`blockdev --getsize64 /dev/${parent}`));
  expect(disk).toBe(session.diskBytes);
  const end = (await read('START')) * 512 + (await read('SIZE'));
  record(context, { rootBytes: root!.size });
  // The table's second copy is at the end, and repart works in whole MiB.
  expect(disk - end).toBeLessThanOrEqual(2 * mebibyte);
  // What a file system keeps for itself: its log and its own tables.
  expect(root!.size).toBeGreaterThan((await read('SIZE')) * 0.93);
});

test('everything is mounted as fstab says', async () => {
  await vm.guest.succeed('ls /efi');
  const listed = await mounts('--fstab');
  const wanted = listed.filter(({ fstype }) => fstype !== 'swap');
  const places = ['/efi', '/usr/share/ai/models', await growing()];
  if (!session.has('read-only-root')) places.push('/');
  expect(wanted.map(({ target }) => target).sort()).toEqual([...new Set(places)].sort());
  const swaps = await vm.guest.succeed('swapon --noheadings --raw --show=NAME');
  for (const { source } of listed.filter(({ fstype }) => fstype === 'swap'))
    expect(swaps.split('\n')).toContain(
      (await vm.guest.succeed(`readlink --canonicalize $(findfs ${source})`)).trim(),
    );
  for (const { target, source, fstype, options } of wanted) {
    const found = (await mounts(`--mountpoint ${target}`)).find((mount) => mount.fstype !== 'autofs')!;
    expect(found.fstype).toBe(fstype);
    const device = (await vm.guest.succeed(`readlink --canonicalize $(findfs ${source})`)).trim();
    expect(found.source).toBe(device);
    const has = found.options.split(',').map((option) => option.replace(/^([fd]mask)=0+/, '$1='));
    for (const option of options.split(',').filter((word) => !/^(x-|umask=|defaults$|nofail$)/.test(word)))
      expect(has, `${target}: ${found.options}`).toContain(option);
    if (options.includes('umask=0077')) expect(has).toEqual(expect.arrayContaining(['fmask=77', 'dmask=77']));
  }
});

test('models are a read-only erofs, each as the lock has it', async () => {
  const [mount] = await mounts('--mountpoint /usr/share/ai/models');
  expect(mount!.fstype).toBe('erofs');
  expect(mount!.options).toMatch(/^ro,/);
  await vm.guest.fail('touch /usr/share/ai/models/x');
  for (const model of session.record.models) {
    const sum = await vm.guest.succeed(`sha256sum < /usr/share/ai/models/${model.name}.gguf`);
    expect(sum.split(' ')[0]).toBe(model.sha256);
  }
});

test('the ESP is mounted on use only, and only root may read it', async () => {
  await vm.guest.succeed('systemctl is-active efi.automount');
  await vm.guest.succeed('systemctl stop efi.mount');
  expect(await vm.guest.succeed('findmnt --noheadings --output FSTYPE --mountpoint /efi')).toBe('autofs');
  await vm.guest.succeed('ls /efi/EFI');
  expect(await vm.guest.succeed('findmnt --noheadings --output FSTYPE --mountpoint /efi')).toContain('vfat');
  await vm.guest.fail('runuser --user nobody -- ls /efi');
});

// A BIOS has no variables to count in.
if (session.firmware === 'uefi') {
  test('a good start makes its entry one for good', async () => {
    const names = 'ls /efi/loader/entries /efi/EFI/Linux 2> /dev/null';
    // Where an earlier start has done so, this one was not counted, and systemd does not ask whether it is
    // good.
    await vm.guest.waitUntilSucceeds(
      `! { ${names}; } | grep --extended-regexp '[+][0-9]+(-[0-9]+)?[.](conf|efi)'`,
      300,
    );
    expect(await vm.guest.succeed(`{ ${names} || true; }`)).toMatch(/\.(conf|efi)$/m);
    const status = await vm.guest.succeed('bootctl status --no-pager');
    expect(status).toMatch(/Product: systemd-boot/);
    expect(status).toMatch(/Boot counting/);
    const list = await vm.guest.succeed('bootctl list --no-pager');
    expect(list).toContain(session.record.recipe);
    expect(list).toMatch(/\(default\).*\(selected\)/);
  });

  test('an entry that a power cut left under two names has one after the next start', async () => {
    // The entries that are counted; others stand beside them.
    const list =
      'ls -d /efi/loader/entries/* /efi/EFI/Linux/* 2> /dev/null | grep --invert-match -- -unmitigated || true';
    const [good, ...others] = (await vm.guest.succeed(list)).trim().split('\n');
    expect(others).toEqual([]);
    const counted = good!.replace(/(\.[a-z]+)$/, '+2-1$1');
    const start = async () => {
      await vm.guest.succeed('systemctl restart systemd-boot-update.service');
      return (await vm.guest.succeed(list)).trim();
    };
    await vm.guest.succeed(`cp '${good}' '${counted}'; cp '${good}' '${good}.part'`);
    expect(await start()).toBe(good);
    // What fsck makes of a copy whose clusters are another's as well.
    await vm.guest.succeed(`mv '${good}' '${counted}'; : > '${good}'`);
    expect(await start()).toBe(counted);
    await vm.guest.succeed(`mv '${counted}' '${good}'`);
  });
}
