import { expect, it } from 'vitest';
import { canonical, sampleIdentity } from '../attest/fixture.ts';
import { canonicalVmdk } from './vmdk.ts';

const lines = [
  '# Disk DescriptorFile',
  'version=1',
  'CID=f336bd1d',
  'parentCID=ffffffff',
  'RW 8 SPARSE "disk.vmdk"',
];

it.each(['f336bd1d', '00000000', 'ffffffff', '36bd1d', '0'])(
  'replaces the content id %s, adds the ids that VirtualBox keeps, and nothing else',
  (cid) => {
    const image = sample(lines.map((line) => line.replace('f336bd1d', cid)));
    const made = canonical(image, canonicalVmdk, sampleIdentity);
    expect(made.toString('latin1', 1024).replaceAll('\0', '').split('\n')).toEqual([
      ...lines.slice(0, 2),
      expect.stringMatching(/^CID=0[0-9a-f]{7}$/),
      ...lines.slice(3),
      expect.stringMatching(/^ddb\.uuid\.image="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"$/),
      expect.stringMatching(/^ddb\.uuid\.modification="[0-9a-f]{8}-/),
      'ddb.uuid.parent="00000000-0000-0000-0000-000000000000"',
      'ddb.uuid.parentmodification="00000000-0000-0000-0000-000000000000"',
      '',
    ]);
    expect(made.equals(canonical(sample(lines), canonicalVmdk, sampleIdentity))).toBe(true);
    expect(canonical(made, canonicalVmdk, sampleIdentity).equals(made)).toBe(true);
  },
);

it('gives another disk another id', () => {
  const other = { ...sampleIdentity, sha256: 'd'.repeat(64) };
  const [one, two] = [sampleIdentity, other].map((identity) =>
    canonical(sample(lines), canonicalVmdk, identity),
  );
  expect(one!.equals(two!)).toBe(false);
});

it.each<[string, Buffer, string]>([
  ['no VMDK', Buffer.alloc(4096), 'is not where it must be'],
  ['no content id', sample(lines.filter((line) => !line.startsWith('CID'))), 'has no CID'],
  ['no room', sample([...lines, 'x'.repeat(800)]), 'no room'],
  ['a name of its own', sample(lines.map((line) => line.replace('disk', 'mine'))), 'call itself disk.vmdk'],
])('refuses %s', (_what, image, why) => {
  expect(() => canonical(image, canonicalVmdk, sampleIdentity)).toThrow(why);
});

/** The descriptor is in the third and fourth sector. */
function sample(descriptor: string[]): Buffer {
  const image = Buffer.alloc(4096);
  image.write('KDMV');
  image.writeBigUInt64LE(2n, 28);
  image.writeBigUInt64LE(2n, 36);
  image.write(`${descriptor.join('\n')}\n`, 1024);
  return image;
}
