import { expect, it } from 'vitest';
import { parseKernelOptions } from './kernel-options.ts';

it('reads what is set, in its order, and leaves out what is off', () => {
  const config = '# Linux\nCONFIG_ZRAM=m\n# CONFIG_KVM is not set\nCONFIG_CMDLINE="a=b c"\nCONFIG_HZ=250\n';
  expect(parseKernelOptions(config)).toEqual([
    ['CONFIG_ZRAM', 'm'],
    ['CONFIG_CMDLINE', '"a=b c"'],
    ['CONFIG_HZ', '250'],
  ]);
});
