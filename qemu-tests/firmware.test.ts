import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { for: wanted, nvidiaGraphics } = session.feature('firmware').options;
const there = async (path: string) => (await vm.guest.succeed(`ls -d ${path} 2> /dev/null || true`)) !== '';

test('firmware of wired cards is there', async () => {
  expect(await there('/usr/lib/firmware/rtl_nic/rtl8168h-2.fw*')).toBe(true);
  expect(await there('/usr/lib/firmware/tigon/tg3.bin*')).toBe(true);
});

test('firmware of radios and graphics is there where it is asked for', async () => {
  const common = wanted === 'common';
  for (const path of ['intel/iwlwifi/*.pnvm*', 'ath11k', 'mediatek', 'brcm/brcmfmac*', 'amdgpu', 'i915'])
    expect(await there(`/usr/lib/firmware/${path}`), path).toBe(common);
  expect(await there('/usr/lib/firmware/nvidia/*/gsp')).toBe(nvidiaGraphics);
});
