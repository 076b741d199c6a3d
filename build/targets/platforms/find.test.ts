import { expect, it } from 'vitest';
import { cloudFacts } from '../../formats/cloud/fixture.ts';
import type { Platform } from '../../model/target.ts';
import { cloudFiles, clouds } from './find.ts';

const facts = cloudFacts('aws');

it('has a script for every cloud and a template for all but one’s own machine', () => {
  const suffixes = Object.entries(clouds).map(([name, cloud]) => [name, Object.keys(cloud.files(facts))]);
  expect(Object.fromEntries(suffixes)).toEqual({
    aws: ['cloudformation.yaml', 'upload.sh'],
    azure: ['arm.json', 'upload.sh'],
    gce: ['main.tf', 'upload.sh'],
    openstack: ['heat.yaml', 'upload.sh'],
    nocloud: ['start.sh'],
    digitalocean: ['main.tf', 'upload.sh'],
    hetzner: ['main.tf', 'upload.sh'],
  });
});

it.each(['metal', 'vm', 'toString'])('has nothing for %s', (platform) => {
  expect(cloudFiles(platform as Platform, facts)).toEqual({});
});
