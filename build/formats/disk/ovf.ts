import type { Firmware } from '../../model/types.ts';
import { escapeHtml } from '../text/html.ts';
import { renderVirtualBoxMachine, type VirtualBoxIds, virtualBoxNamespace } from './ovf-virtualbox.ts';

/** The machine that an OVF asks for. */
export interface Hardware {
  cpus: number;
  memoryMiB: number;
  firmware: Firmware;
}

/** The one disk of an OVF: the file that holds it, and what it holds. */
export interface OvfDisk {
  file: string;
  /** Of the file, in bytes. */
  size: number;
  /** Of the disk, in bytes. */
  capacity: number;
}

/** VirtualBox takes the network's name for its kind; VMware asks which of its own networks stands for it. */
const network = 'NAT';

/**
 * An OVF 1.1 descriptor (DSP0243; its schema is DSP8023) that VMware and VirtualBox import.
 *
 * - The disk is on SATA AHCI: both have it, Linux needs no more than its most common driver, and QEMU has it
 *   too, so that a test can start the very machine that is described. Neither is so of LSI Logic: QEMU has no
 *   53C1030.
 * - VirtualBox takes `vmware.sata.ahci` for AHCI, and reads a capacity in bytes alone and memory in `byte *
 *   2^20`.
 * - The card is an E1000, the only one that both know by one name.
 * - The firmware is VMware's own extension. VirtualBox passes over it, so it gets the machine once more in
 *   its own words.
 * - `vmx-17` is vSphere 7.0 and Workstation 16; SATA needs vmx-10 at least.
 */
export function renderOvf(options: {
  name: string;
  disk: OvfDisk;
  hardware: Hardware;
  ids: VirtualBoxIds;
}): string {
  const { disk, hardware, ids } = options;
  const name = escapeHtml(options.name);
  const file = escapeHtml(disk.file);
  const firmware = hardware.firmware === 'uefi' ? 'efi' : 'bios';
  return `<?xml version="1.0" encoding="UTF-8"?>
<Envelope ${namespaces}>
  <References>
    <File ovf:href="${file}" ovf:id="file1" ovf:size="${disk.size}"/>
  </References>
  <DiskSection>
    <Info>The disk</Info>
    <Disk ovf:capacity="${disk.capacity}" ovf:diskId="disk1" ovf:fileRef="file1" ovf:format="${diskFormat}" vbox:uuid="${ids.disk}"/>
  </DiskSection>
  <NetworkSection>
    <Info>The network that the machine is attached to</Info>
    <Network ovf:name="${network}"/>
  </NetworkSection>
  <VirtualSystem ovf:id="${name}">
    <Info>${name}</Info>
    <Name>${name}</Name>
    <OperatingSystemSection ovf:id="96" vmw:osType="other5xLinux64Guest">
      <Info>Debian, 64 bit</Info>
    </OperatingSystemSection>
    <VirtualHardwareSection>
      <Info>The machine</Info>
      <System>
        <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
        <vssd:InstanceID>0</vssd:InstanceID>
        <vssd:VirtualSystemIdentifier>${name}</vssd:VirtualSystemIdentifier>
        <vssd:VirtualSystemType>vmx-17</vssd:VirtualSystemType>
      </System>
${items(hardware).map(renderItem).join('\n')}
      <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="${firmware}"/>
    </VirtualHardwareSection>
${renderVirtualBoxMachine(name, hardware, ids)}
  </VirtualSystem>
</Envelope>
`;
}

/**
 * The manifest of an OVF package (DSP0243, "OVF package"): a SHA-256 for each file but itself, in package
 * order.
 */
export function renderOvfManifest(files: { name: string; sha256: string }[]): string {
  return files.map(({ name, sha256 }) => `SHA256(${name})= ${sha256}\n`).join('');
}

/** File name → SHA-256. */
export function parseOvfManifest(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^SHA256\((.+)\)= ([0-9a-f]{64})$/gm)].map(([, name, sum]) => [name!, sum!]),
  );
}

const namespaces = [
  'xmlns="http://schemas.dmtf.org/ovf/envelope/1"',
  'xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"',
  'xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"',
  'xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"',
  'xmlns:vmw="http://www.vmware.com/schema/ovf"',
  virtualBoxNamespace,
].join(' ');

const diskFormat = 'http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized';

/**
 * Resource types are of CIM_ResourceAllocationSettingData: 3 processor, 4 memory, 20 storage, 17 disk, 10
 * Ethernet.
 */
function items({ cpus, memoryMiB }: Hardware): { [element: string]: string | number }[] {
  return [
    {
      AllocationUnits: 'hertz * 10^6',
      ElementName: `${cpus} virtual CPUs`,
      InstanceID: 1,
      ResourceType: 3,
      VirtualQuantity: cpus,
    },
    {
      AllocationUnits: 'byte * 2^20',
      ElementName: `${memoryMiB} MiB of memory`,
      InstanceID: 2,
      ResourceType: 4,
      VirtualQuantity: memoryMiB,
    },
    {
      Address: 0,
      ElementName: 'SATA Controller',
      InstanceID: 3,
      ResourceSubType: 'vmware.sata.ahci',
      ResourceType: 20,
    },
    {
      AddressOnParent: 0,
      ElementName: 'Hard Disk 1',
      HostResource: 'ovf:/disk/disk1',
      InstanceID: 4,
      Parent: 3,
      ResourceType: 17,
    },
    {
      AddressOnParent: 7,
      AutomaticAllocation: 'true',
      Connection: network,
      ElementName: 'Ethernet 1',
      InstanceID: 5,
      ResourceSubType: 'E1000',
      ResourceType: 10,
    },
  ];
}

/** The schema wants the elements in the order of their names. */
function renderItem(item: { [element: string]: string | number }): string {
  const elements = Object.entries(item).map(
    ([name, value]) => `        <rasd:${name}>${value}</rasd:${name}>`,
  );
  return ['      <Item>', ...elements, '      </Item>'].join('\n');
}
