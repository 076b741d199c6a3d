import { expect, it } from 'vitest';
import { type MachineOptions, qemuArguments } from './arguments.ts';

const options: MachineOptions = {
  disk: { path: '/out/x.iso', format: 'raw', readOnly: true },
  controller: 'usb',
  firmware: 'bios',
  accelerator: 'tcg',
  memoryMiB: 2048,
  cpus: 2,
  sshPort: 40022,
  folder: '/run/vm',
  sockets: '/tmp/vm',
  ovmfCode: '/usr/share/OVMF/OVMF_CODE_4M.fd',
  credentials: {},
};
const uefi: MachineOptions = {
  ...options,
  controller: 'cdrom',
  firmware: 'uefi',
  accelerator: 'kvm',
  cpus: 4,
};
/** One option and its value per line. */
const lines = (machine: MachineOptions) =>
  qemuArguments(machine).join(' ').replaceAll(' -', '\n-').split('\n');

it('starts a USB stick by BIOS under emulation', () => {
  expect(lines(options)).toEqual([
    'qemu-system-x86_64',
    '-nodefaults',
    '-no-user-config',
    '-machine q35,accel=tcg',
    '-cpu max,avx=off,avx2=off,f16c=off,fma=off,vaes=off,vpclmulqdq=off,mtrr=off',
    '-smp cpus=2,sockets=1,cores=2,threads=1',
    '-m 2048M',
    '-display none',
    '-device VGA',
    '-blockdev {"node-name":"disk","driver":"raw","read-only":true,"cache":{"no-flush":true},"file":{"driver":"file","filename":"/out/x.iso","cache":{"no-flush":true}}}',
    '-device qemu-xhci',
    '-device usb-storage,drive=disk,bootindex=1',
    '-netdev user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:40022-:22',
    '-device virtio-net-pci,netdev=net0',
    '-device virtio-rng-pci',
    '-chardev file,id=serial0,path=/run/vm/console.log',
    '-serial chardev:serial0',
    '-chardev file,id=serial1,path=/run/vm/journal.log',
    '-serial chardev:serial1',
    '-qmp unix:/tmp/vm/qmp,server=on,wait=off',
  ]);
});

it('starts a CD by UEFI under KVM', () => {
  expect(lines(uefi)).toEqual([
    'qemu-system-x86_64',
    '-nodefaults',
    '-no-user-config',
    '-machine q35,accel=kvm',
    '-cpu host',
    '-smp cpus=4,sockets=1,cores=4,threads=1',
    '-m 2048M',
    '-display none',
    '-device VGA',
    '-drive if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd',
    '-drive if=pflash,unit=1,format=raw,file=/run/vm/vars.fd',
    '-blockdev {"node-name":"disk","driver":"raw","read-only":true,"cache":{"no-flush":true},"file":{"driver":"file","filename":"/out/x.iso","cache":{"no-flush":true}}}',
    '-device ide-cd,bus=ide.0,drive=disk,bootindex=1',
    '-netdev user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:40022-:22',
    '-device virtio-net-pci,netdev=net0',
    '-device virtio-rng-pci',
    '-chardev file,id=serial0,path=/run/vm/console.log',
    '-serial chardev:serial0',
    '-chardev file,id=serial1,path=/run/vm/journal.log',
    '-serial chardev:serial1',
    '-qmp unix:/tmp/vm/qmp,server=on,wait=off',
  ]);
});

it('doubles every comma of a path, since QEMU splits there', () => {
  const odd = { ...uefi, folder: '/c,d', sockets: '/a,b', ovmfCode: '/e,,f' };
  const paths = qemuArguments(odd).filter((word) => /\/(a|c|e),/.test(word));
  expect(paths).toEqual([
    'if=pflash,unit=0,format=raw,readonly=on,file=/e,,,,f',
    'if=pflash,unit=1,format=raw,file=/c,,d/vars.fd',
    'file,id=serial0,path=/c,,d/console.log',
    'file,id=serial1,path=/c,,d/journal.log',
    'unix:/a,,b/qmp,server=on,wait=off',
  ]);
});

it('hands credentials over as base64, so that no comma or newline of theirs is seen', () => {
  const credentials = { 'ssh.authorized_keys.root': 'ssh-ed25519 AAAA,b\n', 'motd.extra': 'grüß' };
  expect(lines({ ...options, credentials }).slice(-2)).toEqual([
    '-smbios type=11,value=io.systemd.credential.binary:ssh.authorized_keys.root=c3NoLWVkMjU1MTkgQUFBQSxiCg==',
    '-smbios type=11,value=io.systemd.credential.binary:motd.extra=Z3LDvMOf',
  ]);
});

it.each([
  ['virtio', ['virtio-blk-pci,drive=disk,bootindex=1']],
  ['virtio-scsi', ['virtio-scsi-pci', 'scsi-hd,drive=disk,bootindex=1']],
  ['nvme', ['nvme,serial=ingot,drive=disk,bootindex=1']],
  ['ahci', ['ide-hd,bus=ide.0,drive=disk,bootindex=1']],
  ['pvscsi', ['pvscsi', 'scsi-hd,drive=disk,bootindex=1']],
] as const)('attaches a disk to %s', (controller, devices) => {
  const disk = { path: '/run/overlay.qcow2', format: 'qcow2' as const, readOnly: false };
  const words = qemuArguments({ ...options, controller, disk });
  expect(words.slice(words.indexOf('-blockdev') + 2, words.indexOf('-netdev'))).toEqual(
    devices.flatMap((device) => ['-device', device]),
  );
});

it('has a log of all writes where it is asked for, that hears of every flush', () => {
  const disk = { path: '/o.qcow2', format: 'qcow2' as const, readOnly: false, writeLog: '/writes' };
  const words = qemuArguments({ ...options, disk });
  const node = JSON.parse(words[words.indexOf('-blockdev') + 1]!);
  expect(node).toMatchObject({ driver: 'blklogwrites', log: { filename: '/writes' } });
  expect(node.cache).toBeUndefined();
});

it("gives a machine what its cloud and its description say, and its guest's agent a channel", () => {
  const machine = {
    ...options,
    networkCard: 'e1000',
    network: ['net=168.0.0.0/7'],
    extraArguments: ['-smbios', 'type=1,manufacturer=x'],
    guestAgent: true,
  };
  expect(lines(machine)).toEqual(
    expect.arrayContaining([
      '-netdev user,id=net0,restrict=on,net=168.0.0.0/7,hostfwd=tcp:127.0.0.1:40022-:22',
      '-device e1000,netdev=net0',
      '-smbios type=1,manufacturer=x',
      '-chardev socket,id=agent,path=/tmp/vm/agent,server=on,wait=off',
      '-device virtserialport,chardev=agent,name=org.qemu.guest_agent.0',
    ]),
  );
});
