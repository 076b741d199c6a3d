import type { Accelerator, Firmware } from '../model/types.ts';

/** How a machine sees the medium: a USB stick or a CD. The same file must start as either. */
export type Medium = 'usb' | 'cdrom';

export interface MachineOptions {
  /** Path of the image; it is opened read-only. */
  image: string;
  medium: Medium;
  firmware: Firmware;
  accelerator: Accelerator;
  memoryMiB: number;
  cpus: number;
  /** TCP port on 127.0.0.1 that leads to the guest's port 22. */
  sshPort: number;
  /** Folder for sockets, logs and the UEFI variables. */
  folder: string;
  /** OVMF's code; its variables are expected as `vars.fd` in the folder. */
  ovmfCode: string;
  /** systemd credentials by name; they reach the guest through SMBIOS, so the image stays as it ships. */
  credentials: Record<string, string>;
}

/**
 * QEMU emulates AVX value by value and SSE with the host's own vectors: without AVX the same model generates 14
 * tokens/s where it makes 9 with it (QEMU 7.2, two cores). What builds on AVX goes with it.
 *
 * Memory types mean nothing to an emulator, but Linux stops all CPUs at once to set them: on a busy host a guest was
 * seen to hang right there, both CPUs spinning with interrupts off.
 */
const emulatedCpu = 'max,avx=off,avx2=off,f16c=off,fma=off,vaes=off,vpclmulqdq=off,mtrr=off';

/** The QEMU command of one machine. Pure: a record of what is started, and tested as text. */
export function qemuArguments(options: MachineOptions): string[] {
  const { image, medium, firmware, accelerator, memoryMiB, cpus, sshPort, folder } = options;
  return [
    'qemu-system-x86_64',
    '-nodefaults',
    '-no-user-config',
    ...['-machine', `q35,accel=${accelerator}`],
    ...['-cpu', accelerator === 'kvm' ? 'host' : emulatedCpu],
    ...['-smp', `cpus=${cpus},sockets=1,cores=${cpus},threads=1`],
    ...['-m', `${memoryMiB}M`],
    ...['-display', 'none', '-device', 'VGA'],
    ...(firmware === 'uefi' ? uefi(options) : []),
    ...['-drive', `if=none,id=medium,format=raw,readonly=on,file=${quote(image)}`],
    ...(medium === 'cdrom'
      ? ['-device', 'ide-cd,drive=medium,bootindex=1']
      : ['-device', 'qemu-xhci', '-device', 'usb-storage,drive=medium,bootindex=1']),
    // The guest reaches nothing outside: what works here works offline.
    ...['-netdev', `user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:${sshPort}-:22`],
    ...['-device', 'virtio-net-pci,netdev=net0'],
    ...['-device', 'virtio-rng-pci'],
    ...['-serial', `file:${quote(folder)}/console.log`],
    ...['-serial', `file:${quote(folder)}/journal.log`],
    ...['-qmp', `unix:${quote(folder)}/qmp,server=on,wait=off`],
    ...Object.entries(options.credentials).flatMap(([name, value]) => ['-smbios', credential(name, value)]),
  ];
}

function uefi({ ovmfCode, folder }: MachineOptions): string[] {
  return [
    ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${quote(ovmfCode)}`],
    ...['-drive', `if=pflash,unit=1,format=raw,file=${quote(folder)}/vars.fd`],
  ];
}

function credential(name: string, value: string): string {
  return `type=11,value=io.systemd.credential.binary:${name}=${Buffer.from(value).toString('base64')}`;
}

/** QEMU splits option values at commas; a doubled comma is a literal one. */
function quote(path: string): string {
  return path.replaceAll(',', ',,');
}
