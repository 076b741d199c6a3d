import { expect, test } from 'vitest';
import { record, session, useGuest } from './guest.ts';

const vm = useGuest();
/** Of all cores, how much an idle machine may use; an emulator's timers alone take more than real ones. */
const allowedPercent = { kvm: 0.1, tcg: 2 };

test('an idle machine uses next to no CPU', async (context) => {
  await vm.guest.succeed('timeout 300 systemctl is-system-running --wait || true');
  // One command, so that nothing of the test runs in between.
  const measured = await vm.guest.succeed(`sleep 60
    usage() { sed -n 's/^usage_usec //p' /sys/fs/cgroup/cpu.stat; }
    before=$(usage); sleep 60; echo $(( $(usage) - before )) $(nproc)`);
  const [microseconds, cores] = measured.trim().split(' ').map(Number);
  const percent = (microseconds! / 60e6 / cores!) * 100;
  record(context, { idleCpuPercent: percent });
  expect(percent).toBeLessThan(allowedPercent[session.accelerator]);
});

test('no timer runs but what cleans and trims', async () => {
  const timers = await vm.guest.succeed('systemctl list-timers --all --no-legend --plain --output=json');
  // A masked timer is listed, and has no next time.
  const names = (JSON.parse(timers) as { unit: string; next: number | null }[])
    .filter(({ next }) => next)
    .map(({ unit }) => unit)
    .sort();
  expect(
    names.filter(
      (name) => !/^(fstrim|systemd-tmpfiles-clean|systemd-sysupdate.*|logrotate)\.timer$/.test(name),
    ),
  ).toEqual([]);
});
