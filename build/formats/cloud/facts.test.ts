import { expect, it } from 'vitest';
import { imageName, tunnel } from './facts.ts';
import { cloudFacts } from './fixture.ts';

it('forwards the port of the model where there is one', () => {
  const facts = cloudFacts('aws');
  expect(tunnel({ ...facts, user: 'ann', port: 8080 }, 'host')).toBe('ssh -L 8080:127.0.0.1:8080 ann@host');
  expect(tunnel({ ...facts, user: 'ann', port: undefined }, 'host')).toBe('ssh ann@host');
});

it.each([
  ['nanite-server', 'nanite-server-20260102'],
  ['2boxes', 'image-2boxes-20260102'],
  ['a.b', 'a-b-20260102'],
])('calls the image of %s in a way that every cloud takes: %s', (name, image) => {
  expect(imageName({ ...cloudFacts('gce'), name, version: '20260102' })).toBe(image);
});
