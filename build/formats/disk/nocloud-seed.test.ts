import { expect, it } from 'vitest';
import { parseYaml } from '../text/yaml.ts';
import { writeIso } from './iso9660.ts';
import { nocloudSeed, type Seed } from './nocloud-seed.ts';

const key = `ssh-rsa ${'A'.repeat(700)} someone`;
const seed: Seed = { hostname: 'nanite', publicKeys: [key] };
const metadata = (given: Seed) =>
  parseYaml(nocloudSeed(given).files['meta-data'] as string, 'meta-data') as { [name: string]: unknown };

it('names the machine and the key, and sets no password', () => {
  expect(metadata(seed)).toMatchObject({ 'local-hostname': 'nanite', 'public-keys': [key] });
  expect(nocloudSeed(seed).label).toBe('CIDATA');
  expect(nocloudSeed(seed).files['user-data']).toBe('#cloud-config\n');
});

it('is the same bytes for the same input, and another instance for any other', () => {
  expect(writeIso(nocloudSeed(seed)).equals(writeIso(nocloudSeed({ ...seed })))).toBe(true);
  const others: Seed[] = [
    { ...seed, hostname: 'other' },
    { ...seed, publicKeys: [] },
    { ...seed, userData: '#cloud-config\n{}\n' },
    { ...seed, networkConfig: 'version: 2\n' },
  ];
  const ids = [seed, ...others].map((each) => metadata(each)['instance-id']);
  expect(new Set(ids).size).toBe(5);
});
