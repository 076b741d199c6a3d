import { expect, it } from 'vitest';
import { driftOf } from './drift.ts';
import { symbol, symbolsOf } from './fixture.ts';
import { differsPerBuild, lackedByImages, neededByImages } from './image-needs.ts';
import { changedValues } from './symbols.ts';

const all = Object.values(neededByImages).flatMap((names) => names.split(' '));

it('says what images need and a configuration lacks', () => {
  const whole = symbolsOf(...all.map((name) => symbol(name, { value: 'm' })));
  expect(lackedByImages(whole)).toEqual([]);
  whole.set('BLK_DEV_NVME', symbol('BLK_DEV_NVME'));
  whole.delete('ATA_PIIX');
  expect(lackedByImages(whole)).toEqual(['disks of machines: CONFIG_BLK_DEV_NVME, CONFIG_ATA_PIIX are off']);
});

it.each([
  ['MODULE_SIG_KEY', /random key/],
  ['RANDSTRUCT', /random number/],
  ['GCC_PLUGIN_LATENT_ENTROPY', /random numbers/],
  ['X86_NATIVE_CPU', /builder's own processor/],
  ['LOCALVERSION_AUTO', /folder of the source/],
])('says that builds differ by %s', (name, said) => {
  const key = (value: string) => symbol('MODULE_SIG_KEY', { type: 'string', value });
  const good = symbolsOf(symbol('MODULE_SIG', { value: 'y' }), key(''));
  expect(differsPerBuild(good)).toEqual([]);
  good.set(name, name === 'MODULE_SIG_KEY' ? key('certs/signing_key.pem') : symbol(name, { value: 'y' }));
  expect(differsPerBuild(good)).toEqual([expect.stringMatching(said)]);
});

it('tells what a base has lost from what lines change', () => {
  const before = symbolsOf(
    symbol('RUST'),
    symbol('NUMA', { value: 'y' }),
    symbol('NODES_SHIFT', { value: '10' }),
  );
  expect(driftOf('CONFIG_RUST=y\nCONFIG_NUMA=y\n# CONFIG_GONE is not set\nCONFIG_OLD=y\n', before)).toEqual([
    { symbol: 'RUST', from: 'y', to: 'n' },
    { symbol: 'OLD', from: 'y', to: '' },
  ]);
  const after = symbolsOf(symbol('RUST'), symbol('NUMA'), symbol('NODES_SHIFT', { value: '0' }));
  expect(changedValues(before, after, new Set(['NUMA']))).toEqual([
    { symbol: 'NODES_SHIFT', from: '10', to: '0' },
  ]);
});
