import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test.each(['hv_kvp_daemon', 'hv_vss_daemon', 'hv_fcopy_uio_daemon'])(
  "Hyper-V's %s is there, and off outside Hyper-V",
  async (daemon) => {
    await vm.guest.succeed(`test -x /usr/sbin/${daemon}`);
    await vm.guest.fail(`pidof ${daemon}`);
    const units = await vm.guest.succeed("systemctl list-units --all --plain --no-legend 'hv-*' || true");
    expect(units).not.toMatch(/\b(active|failed)\b/);
  },
);
