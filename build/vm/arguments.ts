import type { Controller } from '../model/target.ts';
import type { Accelerator, Firmware } from '../model/types.ts';
import { controllerDevices, diskNode, type MachineDisk } from './disk-arguments.ts';

export interface MachineOptions {
  disk: MachineDisk;
  /**
   * What the disk is attached to: a USB stick or a CD are read-only, and the same file must start as either.
   */
  controller: Controller;
  firmware: Firmware;
  accelerator: Accelerator;
  memoryMiB: number;
  cpus: number;
  /** QEMU's name of the network card's model. Default: virtio's. */
  networkCard?: string;
  /** Options of the network that a cloud makes of it. */
  network?: string[];
  /** Further words, as a cloud's DMI strings and drives. */
  extraArguments?: string[];
  /** Offers the channel on which QEMU's guest agent answers: the socket `agent`. */
  guestAgent?: boolean;
  /** TCP port on 127.0.0.1 that leads to the guest's port 22. */
  sshPort: number;
  /** Folder for logs and the UEFI variables. */
  folder: string;
  /** Folder for sockets, whose paths must be short. */
  sockets: string;
  /** OVMF's code; its variables are expected as `vars.fd` in the folder. */
  ovmfCode: string;
  /** systemd credentials by name; they reach the guest through SMBIOS, so the image stays as it ships. */
  credentials: Record<string, string>;
}

/**
 * QEMU emulates AVX value by value and SSE with the host's own vectors: without AVX the same model generates
 * 14 tokens/s where it makes 9 with it (QEMU 7.2, two cores). What builds on AVX goes with it.
 *
 * Memory types mean nothing to an emulator, but Linux stops all CPUs at once to set them: on a busy host a
 * guest was seen to hang right there, both CPUs spinning with interrupts off.
 */
const emulatedCpu = 'max,avx=off,avx2=off,f16c=off,fma=off,vaes=off,vpclmulqdq=off,mtrr=off';

/** The QEMU command of one machine. Pure: a record of what is started, and tested as text. */
export function qemuArguments(options: MachineOptions): string[] {
  const { disk, controller, firmware, accelerator, memoryMiB, cpus, sshPort, folder } = options;
  const forward = `hostfwd=tcp:127.0.0.1:${sshPort}-:22`;
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
    ...diskNode(disk),
    ...controllerDevices(controller),
    // The guest reaches nothing outside: what works here works offline.
    ...['-netdev', ['user,id=net0,restrict=on', ...(options.network ?? []), forward].join(',')],
    ...['-device', `${options.networkCard ?? 'virtio-net-pci'},netdev=net0`],
    ...['-device', 'virtio-rng-pci'],
    ...(options.guestAgent ? guestAgent(options) : []),
    ...(options.extraArguments ?? []),
    ...['-serial', `file:${quote(folder)}/console.log`],
    ...['-serial', `file:${quote(folder)}/journal.log`],
    ...['-qmp', `unix:${quote(options.sockets)}/qmp,server=on,wait=off`],
    ...Object.entries(options.credentials).flatMap(([name, value]) => ['-smbios', credential(name, value)]),
  ];
}

function uefi({ ovmfCode, folder }: MachineOptions): string[] {
  return [
    ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${quote(ovmfCode)}`],
    ...['-drive', `if=pflash,unit=1,format=raw,file=${quote(folder)}/vars.fd`],
  ];
}

function guestAgent({ sockets }: MachineOptions): string[] {
  return [
    ...['-chardev', `socket,id=agent,path=${quote(sockets)}/agent,server=on,wait=off`],
    ...['-device', 'virtio-serial-pci'],
    ...['-device', 'virtserialport,chardev=agent,name=org.qemu.guest_agent.0'],
  ];
}

function credential(name: string, value: string): string {
  return `type=11,value=io.systemd.credential.binary:${name}=${Buffer.from(value).toString('base64')}`;
}

/** QEMU splits option values at commas; a doubled comma is a literal one. */
function quote(path: string): string {
  return path.replaceAll(',', ',,');
}
