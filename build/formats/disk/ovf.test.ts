import { expect, it } from 'vitest';
import { parseOvfManifest, renderOvf, renderOvfManifest } from './ovf.ts';
import { parseOvf } from './ovf-reader.ts';

const disk = { file: 'small-disk1.vmdk', size: 597266944, capacity: 4294967296 };
const hardware = { cpus: 2, memoryMiB: 4096, firmware: 'uefi' as const };
const ids = { machine: '0'.repeat(8), disk: '1'.repeat(8) };
const text = renderOvf({ name: 'small', disk, hardware, ids });

it.each([hardware, { cpus: 1, memoryMiB: 1536, firmware: 'bios' as const }])('is read back: %j', (asked) => {
  expect(parseOvf(renderOvf({ name: 'small', disk, hardware: asked, ids }))).toEqual({
    ...asked,
    disk,
    controller: 'vmware.sata.ahci',
    networkCard: 'E1000',
  });
});

// VirtualBox refuses an item without an id, a disk without a parent, and memory in other units.
it('keeps to what both importers read', () => {
  const ids = [...text.matchAll(/<rasd:InstanceID>(\d+)</g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(5);
  expect(text).toContain('<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>');
  expect(text).toContain('ovf:fileRef="file1"');
  expect(text).not.toContain('capacityAllocationUnits');
  expect(text).toContain('<vssd:VirtualSystemType>vmx-17</vssd:VirtualSystemType>');
});

it('names the elements of an item in the order of the schema', () => {
  for (const [, item] of text.matchAll(/<Item>(.*?)<\/Item>/gs)) {
    const names = [...item!.matchAll(/<rasd:(\w+)>/g)].map(([, name]) => name);
    expect(names).toEqual([...names].sort());
  }
});

it('holds no date, and a name stays text', () => {
  expect(text).not.toMatch(/20\d\d-\d\d/);
  expect(renderOvf({ name: 'a<&"b', disk, hardware, ids })).toContain('<Name>a&lt;&amp;&quot;b</Name>');
  expect(renderOvf({ name: 'a<&"b', disk, hardware, ids })).toContain(' name="a&lt;&amp;&quot;b" ');
});

it.each([
  ['uefi' as const, 'EFI'],
  ['bios' as const, 'BIOS'],
])(
  'tells VirtualBox in its own words what it does not take from the items: %s, VMSVGA, NAT',
  (firmware, own) => {
    const asked = renderOvf({ name: 'small', disk, hardware: { ...hardware, firmware }, ids });
    const [machine] = /<vbox:Machine ovf:required="false".*<\/vbox:Machine>/s.exec(asked)!;
    expect(machine).toMatch(/<vbox:Machine [^>]*>\n\s*<ovf:Info>/);
    expect(machine).toContain(`<Firmware type="${own}"/>`);
    expect(machine).toContain('controller="VMSVGA"');
    expect(machine).toMatch(/<Adapter [^>]*>\s*<NAT\/>/);
    expect(machine).toContain('<CPU count="2">');
    expect(machine).toContain('<Memory RAMSize="4096"/>');
  },
);

// It looks the machine's disk up among the disks by this id, and refuses to import where it finds none.
it('calls the disk by one id where it describes it and where it attaches it', () => {
  expect(text).toMatch(new RegExp(`<Disk [^>]*vbox:uuid="${ids.disk}"`));
  expect(text).toContain(`<Image uuid="{${ids.disk}}"/>`);
});

it('calls the network by the name that VirtualBox takes for NAT', () => {
  expect(text).toContain('<Network ovf:name="NAT"/>');
  expect(text).toContain('<rasd:Connection>NAT</rasd:Connection>');
});

it.each([
  ['ResourceType>17', 'disk controller'],
  ['ResourceType>4', 'memory'],
  ['ovf:capacity', 'capacity'],
])('without %s says what it does not tell', (gone, what) => {
  expect(() => parseOvf(text.replaceAll(gone, 'gone'))).toThrow(`has no ${what}`);
});

it('has a manifest in the form that importers check', () => {
  const files = [
    { name: 'small.ovf', sha256: 'a'.repeat(64) },
    { name: 'small-disk1.vmdk', sha256: 'b'.repeat(64) },
  ];
  const manifest = renderOvfManifest(files);
  expect(manifest.split('\n')[0]).toBe(`SHA256(small.ovf)= ${'a'.repeat(64)}`);
  expect([...parseOvfManifest(manifest)]).toEqual(files.map(({ name, sha256 }) => [name, sha256]));
});
