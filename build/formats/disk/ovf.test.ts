import { expect, it } from 'vitest';
import { parseOvfManifest, renderOvf, renderOvfManifest } from './ovf.ts';
import { parseOvf } from './ovf-reader.ts';

const disk = { file: 'small-disk1.vmdk', size: 597266944, capacity: 4294967296 };
const hardware = { cpus: 2, memoryMiB: 4096, firmware: 'uefi' as const };
const text = renderOvf({ name: 'small', disk, hardware });

it.each([hardware, { cpus: 1, memoryMiB: 1536, firmware: 'bios' as const }])('is read back: %j', (asked) => {
  expect(parseOvf(renderOvf({ name: 'small', disk, hardware: asked }))).toEqual({
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
  expect(renderOvf({ name: 'a<&"b', disk, hardware })).toContain('<Name>a&lt;&amp;&quot;b</Name>');
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
