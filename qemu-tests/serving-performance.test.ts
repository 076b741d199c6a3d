import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { coresForSystem } = session.feature('serving-performance').options;
const property = async (unit: string, name: string) =>
  (await vm.guest.succeed(`systemctl show --value --property ${name} ${unit}`)).trim();

test('the model is in a slice of its own, without swap', async () => {
  expect(await property('llama-server.service', 'Slice')).toBe('models.slice');
  expect(await property('models.slice', 'MemorySwapMax')).toBe('0');
});

test('the model has cores of its own where there are enough', async () => {
  const { cpus } = session.record.machine;
  const own = cpus >= 4 && Number(coresForSystem) > 0;
  expect((await property('models.slice', 'AllowedCPUs')) !== '').toBe(own);
});

test('how cores are divided, two of four with two threads each', async () => {
  // The program with the topology of another machine, and printing what it would set.
  const topology = '0,0,0\\n1,0,1\\n2,0,2\\n3,0,3\\n4,0,0\\n5,0,1\\n6,0,2\\n7,0,3';
  const said = await vm.guest.succeed(`mkdir -p /run/as-if && cd /run/as-if
    printf '#!/bin/sh\\nprintf "${topology}\\\\n"\\n' > lscpu
    printf '#!/bin/sh\\nshift 2; echo "$@"\\n' > systemctl
    chmod +x lscpu systemctl; PATH=/run/as-if:$PATH sh /usr/libexec/ingot/models-cores 2`);
  expect(said.trim().split('\n')).toEqual([
    'system.slice AllowedCPUs=0,1,4,5',
    'user.slice AllowedCPUs=0,1,4,5',
    'init.scope AllowedCPUs=0,1,4,5',
    'models.slice AllowedCPUs=2,3,6,7',
  ]);
});

test('full speed is asked for where the processor can be asked', async () => {
  const asked = 'test -e /sys/devices/system/cpu/cpufreq/policy0/energy_performance_preference';
  const state = await property('serving-performance.service', 'ActiveState');
  const can = (await vm.guest.succeed(`${asked} && echo yes || echo no`)).trim() === 'yes';
  expect(state).toBe(can ? 'active' : 'inactive');
});
