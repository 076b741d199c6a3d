import type { Hardware } from './ovf.ts';

/** How VirtualBox tells the machine and its disk in an OVF apart from others; it makes new ids on import. */
export interface VirtualBoxIds {
  machine: string;
  disk: string;
}

/** The namespace of what only VirtualBox reads. */
export const virtualBoxNamespace = 'xmlns:vbox="http://www.virtualbox.org/ovf/machine"';

/**
 * The same machine once more, in VirtualBox's own settings format: VirtualBox takes neither the firmware nor
 * the graphics card from OVF's items, and starts by BIOS with an old card. Where this element is there, it
 * describes the machine to VirtualBox. Others pass over it, as it is not required; VMware wants its Info.
 *
 * - 1.16 is the format of VirtualBox 5.1: any later one reads it.
 * - VMSVGA is the graphics card that VirtualBox itself gives a Linux guest.
 * - NAT needs nothing of the host's network, and reaches out without being reached.
 */
export function renderVirtualBoxMachine(name: string, hardware: Hardware, ids: VirtualBoxIds): string {
  const firmware = hardware.firmware === 'uefi' ? 'EFI' : 'BIOS';
  return `    <vbox:Machine ovf:required="false" OSType="Debian_64" name="${name}" uuid="{${ids.machine}}" version="1.16-linux">
      <ovf:Info>The same machine in VirtualBox's own format</ovf:Info>
      <Hardware>
        <CPU count="${hardware.cpus}">
          <PAE enabled="true"/>
          <LongMode enabled="true"/>
        </CPU>
        <Memory RAMSize="${hardware.memoryMiB}"/>
        <Firmware type="${firmware}"/>
        <Display VRAMSize="16" controller="VMSVGA"/>
        <BIOS>
          <IOAPIC enabled="true"/>
        </BIOS>
        <Network>
          <Adapter enabled="true" slot="0" type="82540EM">
            <NAT/>
          </Adapter>
        </Network>
        <RTC localOrUTC="UTC"/>
        <StorageControllers>
          <StorageController Bootable="true" PortCount="1" name="SATA" type="AHCI">
            <AttachedDevice device="0" port="0" type="HardDisk">
              <Image uuid="{${ids.disk}}"/>
            </AttachedDevice>
          </StorageController>
        </StorageControllers>
      </Hardware>
    </vbox:Machine>`;
}
