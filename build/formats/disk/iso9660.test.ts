import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { writeIso } from './iso9660.ts';

/** Reads the Joliet tree back: path → text. */
function read(image: Buffer): { [path: string]: string } {
  const files: { [path: string]: string } = {};
  const walk = (at: number, folder: string) => {
    const sector = image.readUInt32LE(at + 2);
    const end = sector * 2048 + image.readUInt32LE(at + 10);
    for (let next = sector * 2048; next < end; ) {
      const length = image[next]!;
      // A record never crosses a sector.
      if (length === 0) {
        next = Math.ceil((next + 1) / 2048) * 2048;
        continue;
      }
      expect(Math.floor(next / 2048)).toBe(Math.floor((next + length - 1) / 2048));
      const name = Buffer.from(image.subarray(next + 33, next + 33 + image[next + 32]!));
      if (name.length > 1) {
        const path = `${folder}${name.swap16().toString('utf16le')}`;
        const start = image.readUInt32LE(next + 2) * 2048;
        if (image[next + 25] === 2) walk(next, `${path}/`);
        else files[path] = image.toString('utf8', start, start + image.readUInt32LE(next + 10));
      }
      next += length;
    }
  };
  walk(17 * 2048 + 156, '');
  return files;
}

const many = Object.fromEntries(
  Array.from({ length: 90 }, (_, i) => [`many/a-file-with-a-long-name-${i}.txt`, `content ${i}`]),
);
const files = {
  ...many,
  'openstack/latest/meta_data.json': '{}',
  'openstack/2018-08-27/user_data': 'x'.repeat(5000),
  'user-data': '#cloud-config\n',
  empty: '',
};

it('holds every file under its own name', () => {
  expect(read(writeIso({ label: 'config-2', files }))).toEqual(files);
});

it('has the label in both descriptors, and as many sectors as it says', () => {
  const image = writeIso({ label: 'config-2', files });
  expect(image.toString('latin1', 0x8028, 0x8048).trimEnd()).toBe('config-2');
  const joliet = Buffer.from(image.subarray(0x8828, 0x8848)).swap16();
  expect(joliet.toString('utf16le').trimEnd()).toBe('config-2');
  for (const at of [0x8050, 0x8850]) expect(image.readUInt32LE(at) * 2048).toBe(image.length);
});

it('does not tell in which order the files came', () => {
  const turned = Object.fromEntries(Object.entries(files).reverse());
  expect(writeIso({ label: 'x', files: turned }).equals(writeIso({ label: 'x', files }))).toBe(true);
});

it('is the same bytes on every machine at any time', () => {
  const image = writeIso({ label: 'CIDATA', files: { 'meta-data': 'a\n', 'deep/user-data': 'b\n' } });
  const hash = createHash('sha256').update(image).digest('hex');
  expect(hash).toBe('f96f8a3b5de15fc15113b2dce7f0e8b0336e13c70ad8e0c8104ca0c1bbe54246');
});
