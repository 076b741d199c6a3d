import { IngotError } from '../../model/errors.ts';
import type { Hardware, OvfDisk } from './ovf.ts';

export interface OvfMachine extends Hardware {
  disk: OvfDisk;
  /** What the disk is attached to, as the OVF calls it: `vmware.sata.ahci`. */
  controller: string;
  /** The network card, as the OVF calls it: `E1000`. */
  networkCard: string;
}

/** The machine that an OVF of Ingot's describes, so that a test can start that one. */
export function parseOvf(text: string): OvfMachine {
  const items = [...text.matchAll(/<Item>(.*?)<\/Item>/gs)].map(([, item]) => elementsOf(item!));
  const ofType = (type: number) => items.find((item) => item.get('ResourceType') === String(type));
  const disk = ofType(17);
  const parent = items.find((item) => item.get('InstanceID') === disk?.get('Parent'));
  return {
    cpus: Number(known(ofType(3)?.get('VirtualQuantity'), 'processors')),
    memoryMiB: Number(known(ofType(4)?.get('VirtualQuantity'), 'memory')),
    firmware: attribute(text, 'vmw:key="firmware" vmw:value') === 'efi' ? 'uefi' : 'bios',
    controller: known(parent?.get('ResourceSubType'), 'disk controller'),
    networkCard: known(ofType(10)?.get('ResourceSubType'), 'network card'),
    disk: {
      file: known(attribute(text, 'ovf:href'), 'disk file'),
      size: Number(known(attribute(text, 'ovf:size'), 'size of its file')),
      capacity: Number(known(attribute(text, 'ovf:capacity'), 'capacity')),
    },
  };
}

function elementsOf(item: string): Map<string, string> {
  return new Map([...item.matchAll(/<rasd:(\w+)>([^<]*)</g)].map(([, name, value]) => [name!, value!]));
}

function attribute(text: string, name: string): string | undefined {
  return new RegExp(`${name}="([^"]*)"`).exec(text)?.[1];
}

function known(value: string | undefined, what: string): string {
  if (value === undefined) throw new IngotError('INPUT_INVALID', `the OVF descriptor has no ${what}`);
  return value;
}
