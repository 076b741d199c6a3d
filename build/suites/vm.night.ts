import { beforeAll, describe, expect, test } from 'vitest';
import { startAws } from '../vm/clouds/aws.ts';
import type { CloudName } from '../vm/clouds/start.ts';
import {
  dropIn,
  expectBoots,
  expectDiskStarts,
  expectFailure,
  failingUnit,
  type PlantedFault,
} from './support/boots.ts';
import { buildDefaultImage } from './support/images.ts';

const paths: { [target: string]: string } = {};

beforeAll(async () => {
  for (const target of ['qcow2', 'nocloud', 'aws']) paths[target] = (await buildDefaultImage(target)).path;
});

test('a disk starts by each firmware and from each controller, outlives a power cut, and passes every check', async () => {
  const [first] = await expectDiskStarts(paths.qcow2!, { powerCuts: { count: 1, seed: '1' } });
  expect(first!.checks.filter(({ name }) => name.startsWith('power cut 1 of seed 1:'))).toHaveLength(1);
});

test('a machine becomes what its seed says, one of Ingot and one of cloud-localds', async () => {
  // By UEFI alone: systemd-boot counted the first start, and not the second.
  const reports = await expectBoots(paths.nocloud!, { firmware: ['uefi'] });
  expect(reports.map(({ platform, start, firmware }) => `${platform} ${start} ${firmware}`)).toEqual([
    'nocloud 1 uefi',
    'nocloud 2 uefi',
    'nocloud-localds 1 uefi',
  ]);
});

describe('a planted fault fails the test with SMOKE_FAILED', () => {
  const never = '[Unit]\nConditionPathExists=/nowhere\n';
  const setCard = (state: 'up' | 'down') =>
    `/bin/sh -c 'ip link set $$(ls /sys/class/net | grep ^e) ${state}'`;
  const nocloud = ['nocloud' as CloudName];
  const faults: (PlantedFault & { target: string })[] = [
    {
      fault: 'a root that does not grow, a good start that is not noted, another host name',
      target: 'nocloud',
      options: {
        clouds: nocloud,
        credentials: {
          ...dropIn('systemd-repart.service', never),
          ...dropIn('systemd-bless-boot.service', '[Service]\nExecStart=\nExecStart=/bin/true\n'),
          ...dropIn('cloud-final.service', '[Service]\nExecStartPost=/usr/bin/hostname other\n'),
        },
        only: ['disk', 'cloud-init'],
      },
      failing: [
        /start 1 .*: the root fills the disk/,
        /start 1 .*: a good start makes its entry one for good/,
        /start 1 .*: the host name is the one from the metadata/,
      ],
    },
    {
      fault: 'a cloud that refuses its own token',
      target: 'aws',
      options: { startCloud: (instance) => startAws(instance, { refusals: 1 }), only: ['cloud-init'] },
      failing: [/start 1 .*: the cloud was asked as it wants.*401/s],
    },
    {
      fault: 'user data that are executed at every start',
      target: 'nocloud',
      options: {
        clouds: nocloud,
        credentials: dropIn(
          'cloud-init-main.service',
          '[Service]\nExecStartPre=/bin/rm -rf /var/lib/cloud/instance /var/lib/cloud/instances /var/lib/cloud/sem\n',
        ),
        only: ['cloud-init'],
      },
      failing: [/start 2 .*: user data were executed exactly once/],
    },
    {
      fault: 'no network when the earliest user data are executed',
      target: 'nocloud',
      options: {
        clouds: ['nocloud-localds'],
        credentials: dropIn(
          'cloud-init-network.service',
          `[Service]\nExecStartPre=${setCard('down')}\nExecStartPost=${setCard('up')}\n`,
        ),
        only: ['cloud-init'],
      },
      failing: [/start 1 .*: user data find a network/],
    },
    {
      fault: 'an identity that changes',
      target: 'qcow2',
      options: {
        credentials: dropIn(
          'ssh.service',
          '[Service]\nExecStartPre=/bin/sh -c "rm /etc/ssh/ssh_host_*; ssh-keygen -A"\n',
        ),
        only: ['machine/image', 'machine/restart'],
      },
      failing: [/start 2 .*: it is the same machine as before/],
    },
    {
      fault: 'a unit that fails after a power cut',
      target: 'qcow2',
      options: { powerCuts: { count: 1, seed: '1' }, credentials: failingUnit, only: ['disk'] },
      failing: [/power cut 1 of seed 1.*planted\.service/s],
    },
  ];

  test.each(faults)('$fault', async ({ target, ...planted }) => expectFailure(paths[target]!, planted));
});
