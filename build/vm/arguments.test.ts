import { expect, it } from 'vitest';
import { type MachineOptions, qemuArguments } from './arguments.ts';

const options: MachineOptions = {
  image: '/out/x.iso',
  medium: 'usb',
  firmware: 'bios',
  accelerator: 'tcg',
  memoryMiB: 2048,
  cpus: 2,
  sshPort: 40022,
  folder: '/run/vm',
  ovmfCode: '/usr/share/OVMF/OVMF_CODE_4M.fd',
  credentials: {},
};
const uefi: MachineOptions = { ...options, medium: 'cdrom', firmware: 'uefi', accelerator: 'kvm', cpus: 4 };
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
    '-drive if=none,id=medium,format=raw,readonly=on,file=/out/x.iso',
    '-device qemu-xhci',
    '-device usb-storage,drive=medium,bootindex=1',
    '-netdev user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:40022-:22',
    '-device virtio-net-pci,netdev=net0',
    '-device virtio-rng-pci',
    '-serial file:/run/vm/console.log',
    '-serial file:/run/vm/journal.log',
    '-qmp unix:/run/vm/qmp,server=on,wait=off',
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
    '-drive if=none,id=medium,format=raw,readonly=on,file=/out/x.iso',
    '-device ide-cd,drive=medium,bootindex=1',
    '-netdev user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:40022-:22',
    '-device virtio-net-pci,netdev=net0',
    '-device virtio-rng-pci',
    '-serial file:/run/vm/console.log',
    '-serial file:/run/vm/journal.log',
    '-qmp unix:/run/vm/qmp,server=on,wait=off',
  ]);
});

it('doubles every comma of a path, since QEMU splits there', () => {
  const odd = { ...uefi, image: '/a,b/x.iso', folder: '/c,d', ovmfCode: '/e,,f' };
  const paths = qemuArguments(odd).filter((word) => /\/(a|c|e),/.test(word));
  expect(paths).toEqual([
    'if=pflash,unit=0,format=raw,readonly=on,file=/e,,,,f',
    'if=pflash,unit=1,format=raw,file=/c,,d/vars.fd',
    'if=none,id=medium,format=raw,readonly=on,file=/a,,b/x.iso',
    'file:/c,,d/console.log',
    'file:/c,,d/journal.log',
    'unix:/c,,d/qmp,server=on,wait=off',
  ]);
});

it('hands credentials over as base64, so that no comma or newline of theirs is seen', () => {
  const credentials = { 'ssh.authorized_keys.root': 'ssh-ed25519 AAAA,b\n', 'motd.extra': 'grüß' };
  expect(lines({ ...options, credentials }).slice(-2)).toEqual([
    '-smbios type=11,value=io.systemd.credential.binary:ssh.authorized_keys.root=c3NoLWVkMjU1MTkgQUFBQSxiCg==',
    '-smbios type=11,value=io.systemd.credential.binary:motd.extra=Z3LDvMOf',
  ]);
});
