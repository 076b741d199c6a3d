import { expect, it } from 'vitest';
import type { RecordedFeature } from '../model/types.ts';
import { checkNames, modelUnit } from './check-names.ts';

const feature = (name: string, rest: Partial<RecordedFeature> = {}): RecordedFeature => ({
  name,
  options: {},
  values: {},
  listeners: [],
  everyStart: false,
  ...rest,
});
const server = feature('inference', { values: { modelUnit: 'llama-server.service' } });
const features = [feature('ssh'), server, feature('disk', { everyStart: true })];

it('judges the first start by every feature, and others by what must have stayed', () => {
  expect(checkNames({ features }, 'first')).toEqual([
    ...['machine/image', 'machine/kernel', 'ssh', 'inference', 'disk'],
    'machine/throughput',
  ]);
  const without = features.filter(({ name }) => name !== 'inference');
  expect(checkNames({ features: without }, 'first')).toEqual([
    'machine/image',
    'machine/kernel',
    'ssh',
    'disk',
  ]);
  expect(checkNames({ features }, 'restart')).toEqual([
    'machine/image',
    'machine/kernel',
    'machine/restart',
    'disk',
  ]);
  expect(checkNames({ features }, 'power-loss')).toEqual([
    'machine/image',
    'machine/kernel',
    'machine/power-loss',
    'disk',
  ]);
});

it('knows the unit that loads the model from the feature that brings it', () => {
  expect(modelUnit({ features })).toBe('llama-server.service');
  expect(modelUnit({ features: [feature('ssh')] })).toBeUndefined();
});
