import type { Controller } from '../model/target.ts';
import type { Accelerator, Firmware } from '../model/types.ts';
import { controllerDevices, diskNode, type MachineDisk } from './disk-arguments.ts';
import {
  cardArguments,
  clockArguments,
  type MachineShape,
  serialArguments,
  spareDiskArguments,
} from './machine-shape.ts';

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
  /** Offers the channel through which a machine without SSH takes commands: the socket `shell`. */
  shell?: boolean;
  /** TCP port on 127.0.0.1 that leads to the guest's port 22. */
  sshPort: number;
  /** Folder for logs and the UEFI variables. */
  folder: string;
  /** Folder for sockets, whose paths must be short. */
  sockets: string;
  /** OVMF's code; its variables are expected as `vars.fd` in the folder. */
  ovmfCode: string;
  /** Default: everything that images use. */
  shape?: MachineShape;
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
  const { networkCard: model = 'virtio-net-pci', network = [], shape = {} } = options;
  const logs = [`${quote(folder)}/console.log`, `${quote(folder)}/journal.log`];
  return [
    'qemu-system-x86_64',
    '-nodefaults',
    '-no-user-config',
    ...['-machine', `q35,accel=${accelerator}${shape.secureBoot ? ',smm=on' : ''}`],
    ...['-cpu', accelerator === 'kvm' ? 'host' : emulatedCpu],
    ...['-smp', `cpus=${cpus},sockets=1,cores=${cpus},threads=1`],
    ...['-m', `${memoryMiB}M`],
    ...['-display', 'none', ...(shape.graphics === false ? [] : ['-device', 'VGA'])],
    ...(firmware === 'uefi' ? uefi(options) : []),
    ...diskNode(disk),
    ...controllerDevices(controller, shape),
    ...spareDiskArguments(shape),
    ...cardArguments(shape, { model, network, sshPort }),
    ...['-device', 'virtio-rng-pci'],
    ...clockArguments(shape),
    ...channels(options),
    ...(options.extraArguments ?? []),
    ...serialArguments(shape, logs),
    ...['-qmp', `unix:${quote(options.sockets)}/qmp,server=on,wait=off`],
    ...Object.entries(options.credentials).flatMap(([name, value]) => ['-smbios', credential(name, value)]),
  ];
}

function uefi({ ovmfCode, folder, shape }: MachineOptions): string[] {
  return [
    // The guest itself must not be able to change which keys are good.
    ...(shape?.secureBoot ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
    ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${quote(ovmfCode)}`],
    ...['-drive', `if=pflash,unit=1,format=raw,file=${quote(folder)}/vars.fd`],
  ];
}

/** Channels between host and guest, each of which the guest knows by its name. */
function channels({ sockets, folder, guestAgent, shell, shape }: MachineOptions): string[] {
  const agent = `socket,id=agent,path=${quote(sockets)}/agent,server=on,wait=off`;
  const commands = `socket,id=shell,path=${quote(sockets)}/shell,server=on,wait=off`;
  const report = `file,id=report,path=${quote(folder)}/report.txt`;
  const offered = [
    ...(guestAgent ? [['agent', agent, 'org.qemu.guest_agent.0']] : []),
    ...(shell ? [['shell', commands, 'ingot.shell']] : []),
    ...(shape?.report ? [['report', report, 'ingot.report']] : []),
  ];
  if (!offered.length) return [];
  return [
    ...offered.flatMap(([, backend]) => ['-chardev', backend!]),
    ...['-device', 'virtio-serial-pci'],
    ...offered.flatMap(([id, , name]) => ['-device', `virtserialport,chardev=${id},name=${name}`]),
  ];
}

function credential(name: string, value: string): string {
  return `type=11,value=io.systemd.credential.binary:${name}=${Buffer.from(value).toString('base64')}`;
}

/** QEMU splits option values at commas; a doubled comma is a literal one. */
function quote(path: string): string {
  return path.replaceAll(',', ',,');
}
