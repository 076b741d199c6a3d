import { expect, it } from 'vitest';
import { environments, type Seen } from './variations.ts';

const baseline: Seen = {
  buildEnvironment: {
    clock: 1_793_347_681,
    utcOffsetMinutes: 0,
    locale: 'en-US',
    outsideUid: 0,
    home: '/root',
    umask: 0o022,
    checkout: '/srv/checkout/',
    store: '/srv/store',
    storeFileSystem: '0xef53',
    directoryOrder: 'a'.repeat(64),
    cpus: 4,
    nice: 0,
    hostName: 'builder',
    shell: 'sh',
    variables: ['HOME', 'PATH'],
  },
  logs: '',
};
const later = baseline.buildEnvironment.clock + 400 * 86_400 + 60;
const long = `/tmp/${'pikk nimi õ '.repeat(10)}`;
const varied: { [name: string]: { buildEnvironment: Partial<Seen['buildEnvironment']>; logs?: string } } = {
  clock: {
    buildEnvironment: { clock: later },
    logs: `the clock of the tools says ${later}\nthe clock of the root says ${later + 9}\n`,
  },
  locale: { buildEnvironment: { utcOffsetMinutes: 720, locale: 'et-EE' } },
  user: { buildEnvironment: { outsideUid: 100_000, umask: 0o077, home: '/elsewhere' } },
  path: { buildEnvironment: { checkout: long, store: long } },
  cpu: { buildEnvironment: { cpus: 1, nice: 19 } },
  order: { buildEnvironment: { storeFileSystem: 'tmpfs', directoryOrder: 'b'.repeat(64) } },
  host: {
    buildEnvironment: {
      hostName: 'ingot-verify.example',
      shell: 'bash',
      utcOffsetMinutes: -840,
      variables: Array.from({ length: 12 }, (_, index) => `STRAY_${index}`),
    },
  },
};

it('has eight environments, each with a name of its own', () => {
  expect(new Set(environments.map(({ name }) => name)).size).toBe(8);
  expect(Object.keys(varied)).toEqual(environments.slice(1).map(({ name }) => name));
});

it.each(environments.slice(1))('$name is believed when the build saw it, and only then', (environment) => {
  const { buildEnvironment, logs = '' } = varied[environment.name]!;
  const seen = { buildEnvironment: { ...baseline.buildEnvironment, ...buildEnvironment }, logs };
  expect(environment.evidence(seen, baseline)).toBeTruthy();
  // Without the variation, and with each part of it missing.
  expect(environment.evidence(baseline, baseline)).toBeUndefined();
  for (const part of Object.keys(buildEnvironment))
    expect(
      environment.evidence(
        {
          ...seen,
          buildEnvironment: { ...seen.buildEnvironment, [part]: baseline.buildEnvironment[part as 'clock'] },
        },
        baseline,
      ),
    ).toBeUndefined();
});

it('does not believe a clock that did not reach the tools or the root', () => {
  const clock = environments.find(({ name }) => name === 'clock')!;
  const buildEnvironment = { ...baseline.buildEnvironment, clock: later };
  for (const logs of [
    '',
    `the clock of the tools says ${later}`,
    varied.clock!.logs!.replace(`${later + 9}`, '1'),
  ])
    expect(clock.evidence({ buildEnvironment, logs }, baseline)).toBeUndefined();
});
