import { expect, it } from 'vitest';
import { partName, partsOf } from './parts.ts';
import { servedModels } from './served.ts';

it.each([
  ['big-00001-of-00003', { base: 'big', number: 1, count: 3 }],
  ['a-1-of-2-00002-of-00002', { base: 'a-1-of-2', number: 2, count: 2 }],
  ['big', undefined],
  ['big-1-of-3', undefined],
])('the name %s says which part it is', (name, part) => {
  expect(partName(name)).toEqual(part);
});

it.each([
  ['/m/big-00001-of-00002.gguf', '/m/big-00002-of-00002.gguf'],
  [
    'https://hub.example/big-00001-of-00002.gguf?download=true',
    'https://hub.example/big-00002-of-00002.gguf?download=true',
  ],
  ['hub:o/r/q4/big-00001-of-00002.gguf', 'hub:o/r/q4/big-00002-of-00002.gguf'],
])('%s stands for all parts, and a hash is that of the first', (source, second) => {
  const parts = partsOf({ name: 'big', source, role: 'code', sha256: 'a' });
  expect(parts).toEqual([
    { name: 'big-00001-of-00002', source, role: 'code', sha256: 'a' },
    { name: 'big-00002-of-00002', source: second, role: 'code' },
  ]);
  expect(servedModels(parts)).toEqual([
    { name: 'big', role: 'code', path: '/usr/share/ai/models/big-00001-of-00002.gguf' },
  ]);
});
