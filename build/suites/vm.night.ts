import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { build } from '../commands/build.ts';
import { type TestOptions, testArtifacts } from '../commands/test.ts';
import { repository } from '../host/fs/files.ts';
import { createProgress } from '../host/progress.ts';
import type { IngotError } from '../model/errors.ts';
import { startAws } from '../vm/clouds/aws.ts';
import type { CloudName } from '../vm/clouds/start.ts';
import { buildDefaultImage } from './support/default-image.ts';

const progress = createProgress({ json: false });
const out = join(repository, 'out', 'test');
const paths: { [target: string]: string } = {};
/** Each planted fault starts machines of its own, so `npm test` takes the first two. */
const all = process.env.INGOT_PLANTED === 'all';

beforeAll(async () => {
  const { lock } = await buildDefaultImage();
  for (const target of ['qcow2', 'nocloud', ...(all ? ['aws'] : [])]) {
    const options = { target: [target], out: join(repository, 'out'), lock: lock[1] };
    const [built] = await build('nanite-server', options, progress);
    paths[target] = built!.path;
  }
});

test('a disk starts by each firmware and from each controller, outlives a power cut, and passes every check', async () => {
  const powerCuts = { count: 1, seed: '1' };
  const reports = await testArtifacts([paths.qcow2!], { out, powerCuts }, progress);
  expect(reports.map(({ firmware, controller }) => `${firmware} ${controller}`)).toEqual([
    'uefi virtio',
    'bios virtio-scsi',
  ]);
  expect(reports[0]!.checks.length).toBeGreaterThan(35);
  expect(reports[0]!.checks.filter(({ name }) => name.startsWith('power cut 1 of seed 1:'))).toHaveLength(1);
  expect(reports[1]!.checks.length).toBeGreaterThan(10);
});

test('a machine becomes what its seed says, one of Ingot and one of cloud-localds', async () => {
  // By UEFI alone: systemd-boot counted the first start, and not the second.
  const reports = await testArtifacts([paths.nocloud!], { out, firmware: ['uefi'] }, progress);
  expect(reports.map(({ platform, start, firmware }) => `${platform} ${start} ${firmware}`)).toEqual([
    'nocloud 1 uefi',
    'nocloud 2 uefi',
    'nocloud-localds 1 uefi',
  ]);
});

describe('a planted fault fails the test with SMOKE_FAILED', () => {
  const unit = (name: string, text: string) => ({ [`systemd.unit-dropin.${name}`]: text });
  const never = '[Unit]\nConditionPathExists=/nowhere\n';
  const setCard = (state: 'up' | 'down') =>
    `/bin/sh -c 'ip link set $$(ls /sys/class/net | grep ^e) ${state}'`;
  const nocloud = ['nocloud' as CloudName];
  const faults: {
    fault: string;
    target: string;
    options: Partial<TestOptions>;
    failing: RegExp;
  }[] = [
    {
      fault: 'a root that does not grow',
      target: 'qcow2',
      options: { credentials: unit('systemd-repart.service', never), only: ['disk'] },
      failing: /start 1 .*: the root fills the disk/,
    },
    {
      fault: 'another host name',
      target: 'nocloud',
      options: {
        clouds: nocloud,
        credentials: unit('cloud-final.service', '[Service]\nExecStartPost=/usr/bin/hostname other\n'),
        only: ['cloud-init'],
      },
      failing: /start 1 .*: the host name is the one from the metadata/,
    },
    {
      fault: 'a cloud that refuses its own token',
      target: 'aws',
      options: { startCloud: (instance) => startAws(instance, { refusals: 1 }), only: ['cloud-init'] },
      failing: /start 1 .*: the cloud was asked as it wants.*401/s,
    },
    {
      fault: 'user data that are executed at every start',
      target: 'nocloud',
      options: {
        clouds: nocloud,
        credentials: unit(
          'cloud-init-main.service',
          '[Service]\nExecStartPre=/bin/rm -rf /var/lib/cloud/instance /var/lib/cloud/instances /var/lib/cloud/sem\n',
        ),
        only: ['cloud-init'],
      },
      failing: /start 2 .*: user data were executed exactly once/,
    },
    {
      fault: 'no network when the earliest user data are executed',
      target: 'nocloud',
      options: {
        clouds: ['nocloud-localds'],
        credentials: unit(
          'cloud-init-network.service',
          `[Service]\nExecStartPre=${setCard('down')}\nExecStartPost=${setCard('up')}\n`,
        ),
        only: ['cloud-init'],
      },
      failing: /start 1 .*: user data find a network/,
    },
    {
      fault: 'an identity that changes',
      target: 'qcow2',
      options: {
        credentials: unit(
          'ssh.service',
          '[Service]\nExecStartPre=/bin/sh -c "rm /etc/ssh/ssh_host_*; ssh-keygen -A"\n',
        ),
        only: ['restart'],
      },
      failing: /start 2 .*: it is the same machine as before/,
    },
    {
      fault: 'a good start that is not noted',
      target: 'qcow2',
      options: {
        credentials: unit('systemd-bless-boot.service', '[Service]\nExecStart=\nExecStart=/bin/true\n'),
        only: ['disk'],
      },
      failing: /start 1 .*: a good start makes its entry one for good/,
    },
    {
      fault: 'a unit that fails after a power cut',
      target: 'qcow2',
      options: {
        powerCuts: { count: 1, seed: '1' },
        credentials: {
          'systemd.extra-unit.planted.service': '[Service]\nType=oneshot\nExecStart=/bin/false\n',
          ...unit('multi-user.target', '[Unit]\nWants=planted.service\n'),
        },
        only: ['disk'],
      },
      failing: /power cut 1 of seed 1.*planted\.service/s,
    },
  ];

  test.each(all ? faults : faults.slice(0, 2))('$fault', async ({ fault, target, options, failing }) => {
    const folder = join(out, fault.replaceAll(' ', '-'));
    const error: IngotError = await testArtifacts(
      [paths[target]!],
      { out: folder, ...options },
      progress,
    ).then(
      () => expect.unreachable('the planted fault was not noticed'),
      (thrown) => thrown,
    );
    expect(error.code).toBe('SMOKE_FAILED');
    expect(error.message).toMatch(failing);
  });
});
