import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { hashFile } from '../host/fs/files.ts';
import { type Guest, reconnectGuest } from '../vm/guest.ts';
import { buildDefaultImage } from './support/images.ts';
import {
  attached,
  emptyFile,
  expectGood,
  newTarget,
  startInstalled,
  startMedium,
} from './support/install.ts';
import { ext4Disk, lvmDisk, mbrDisk } from './support/old-disks.ts';
import { SerialLine } from './support/serial-line.ts';

const gibibyte = 2 ** 30;
/** A start under emulation, beside others. */
const bootSeconds = 1800;

let iso: string;
beforeAll(async () => {
  iso = (await buildDefaultImage('iso')).path;
});

/** Disks that are refused, by the names that a machine gives them in this order; none may be changed. */
const refused: [disk: string, make: (path: string) => void, code: string, message: RegExp, node?: object][] =
  [
    ['vda', (path) => emptyFile(path, gibibyte), 'DISK_UNFIT', /has 1.0 GiB, and the system needs/],
    ['vdb', (path) => emptyFile(path, 8 * gibibyte), 'DISK_UNFIT', /is read-only/, { 'read-only': true }],
    ['vdc', (path) => ext4Disk(path, 'mounted'), 'DISK_UNFIT', /is in use \(\/mnt\)/],
    ['vdd', (path) => emptyFile(path, 8 * gibibyte), 'DISK_UNFIT', /is failing: it cannot be read/],
    ['vde', mbrDisk, 'CONFIRMATION_MISSING', /is not empty: a partition/],
    ['vdf', lvmDisk, 'CONFIRMATION_MISSING', /is not empty: LVM2_member/],
    ['vdg', (path) => ext4Disk(path, 'photos'), 'CONFIRMATION_MISSING', /is not empty: ext4 "photos"/],
  ];

test('the menu entry asks over the serial line, unfit disks are refused, and the disk that is named starts', async () => {
  const target = await newTarget('dialogue', { controller: 'nvme', firmware: 'uefi' });
  ext4Disk(target.disk, 'old');
  const path = (disk: string) => join(target.folder, `${disk}.raw`);
  for (const [disk, make] of refused) make(path(disk));
  const before = await Promise.all(refused.map(([disk]) => hashFile(path(disk))));

  const line = join(target.folder, 'line');
  const words = refused.flatMap(([disk, , , message, node]) =>
    attached(path(disk), 'virtio', {
      name: disk,
      node: /failing/.test(message.source) ? broken(path(disk)) : node,
    }),
  );
  const medium = { ...target, shape: { serial: false } };
  const running = await startMedium(iso, medium, [
    ...attached(target.disk, 'nvme'),
    ...words,
    ...SerialLine.words(line, join(target.folder, 'console.log')),
  ]);
  const serial = await SerialLine.open(line);
  try {
    await serial.expect(/Install nanite-server/, bootSeconds);
    serial.type('i');
    const shown = await serial.expect(/Number of the disk, or q to leave: /, bootSeconds);
    expect(shown).toMatch(/\d {2}\/dev\/nvme0n1 .*ext4 "old"/);

    const guest = await reconnectGuest(running.address, bootSeconds);
    try {
      serial.type('q\r');
      await serial.expect(/nothing was chosen/, 300);
      await guest.succeed('mount -o ro /dev/vdc /mnt');
      for (const [disk, , code, message] of refused) await expectRefusal(guest, disk, code, message);
      await guest.succeed('umount /mnt');
    } finally {
      guest.close();
    }

    serial.type('ingot-install\r');
    const list = await serial.answer(/Number of the disk, or q to leave: /, '9');
    const number = /(\d+) {2}\/dev\/nvme0n1/.exec(list)![1]!;
    expect(list).toMatch(/- {2}\/dev\/vda .*has 1.0 GiB/);
    await serial.answer(/There are the numbers 1 to \d+\.\s+Number of the disk.*: /, number);
    await serial.answer(/ALL OF THIS WILL BE LOST: ext4 "old"\s+Type nvme0n1.*: /, 'nvme0n1');
    await serial.answer(/Name of the machine.*: /, 'attic');
    await serial.answer(/Your user name.*: /, 'anna');
    await serial.answer(/Password.*: /, 'a secret');
    await serial.answer(/The same again: /, 'a secret');
    await serial.answer(/SSH public key.*: /, target.publicKey);
    await serial.answer(/Time zone.*: /, 'Europe/Berlin');
    await serial.answer(/Keyboard.*: /, 'de');
    await serial.answer(/Type yes to install: /, 'yes');
    await serial.expect(/from here on the old content of \/dev\/nvme0n1 is lost/, 600);
    await serial.expect(/is installed on \/dev\/nvme0n1/, bootSeconds);
    await serial.expect(/press Enter to restart/, 60);
  } finally {
    serial.close();
    await running.stop();
  }
  expect(await Promise.all(refused.map(([disk]) => hashFile(path(disk))))).toEqual(before);

  await startInstalled(target, async (guest) => {
    expect(await guest.succeed('hostname; getent shadow anna | cut -c1-8')).toMatch(/^attic\nanna:\$y\$$/);
    await expectGood(guest);
  });
});

async function expectRefusal(guest: Guest, disk: string, code: string, message: RegExp): Promise<void> {
  const said = await guest.succeed(`ingot-install --json /dev/${disk}; echo " status $?"`);
  const status = { DISK_UNFIT: 3, CONFIRMATION_MISSING: 4 }[code];
  expect(said).toMatch(new RegExp(`"code": "${code}".*"written": false.* status ${status}$`, 's'));
  expect(said.replaceAll('\\"', '"')).toMatch(message);
}

/** A disk that cannot be read in its middle. */
function broken(path: string): object {
  const rule = { event: 'none', iotype: 'read', errno: 5, sector: (4 * gibibyte) / 512 };
  return { file: { driver: 'blkdebug', image: { driver: 'file', filename: path }, 'inject-error': [rule] } };
}
