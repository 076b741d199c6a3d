import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderChecksums } from '../../formats/attest/checksums.ts';
import { cloudFacts } from '../../formats/cloud/fixture.ts';
import { sha256 } from '../../formats/text/canonical-json.ts';
import type { Cloud } from '../../model/target.ts';
import { scriptOf } from '../../testdata/cloud-script.ts';
import { clouds } from './find.ts';

const names = Object.keys(clouds) as Cloud[];
const variablesOf = (cloud: Cloud) =>
  [...scriptOf(cloud).matchAll(/^\[ -n "\$\{(\w+)-\}"/gm)].map(([, name]) => name!);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-upload-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function shellcheck(text: string) {
  return spawnSync('shellcheck', ['--shell=sh', '-'], { input: text, encoding: 'utf8' });
}

it('shellcheck finds a variable without quotes', () => {
  const { status, stdout } = shellcheck(scriptOf('aws').replace('s3 cp "$file"', 's3 cp $BUCKET'));
  expect([status, stdout]).toEqual([1, expect.stringContaining('SC2086')]);
});

describe.each(names)('%s', (cloud) => {
  it('is a script that shellcheck finds nothing in', () => {
    expect(shellcheck(scriptOf(cloud))).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('names every variable that is missing', () => {
    expect(variablesOf(cloud).length).toBeGreaterThan(0);
    const { status, stderr } = start(cloud, { PATH: process.env.PATH });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(`^not set: ${variablesOf(cloud).join(' ')}; usage: `),
    ]);
  });

  it('names every program that is missing', () => {
    const { status, stderr } = start(cloud, { ...given(cloud), PATH: join(folder, 'empty') });
    expect([status, stderr]).toEqual([
      5,
      expect.stringMatching(`not installed: ${programsOf(cloud).join(' ')}\n$`),
    ]);
  });
});

describe.each(names.filter((cloud) => cloud !== 'digitalocean'))('%s', (cloud) => {
  it.each([
    ['has another byte', 'changed', 1],
    ['is not there', undefined, 5],
  ])('starts no program when the artifact %s', (_what, content, exit) => {
    const { file } = cloudFacts(cloud);
    writeFileSync(join(folder, `${file}.SHA256SUMS`), renderChecksums({ [file]: sha256('built') }));
    if (content) writeFileSync(join(folder, file), content);
    expect(start(cloud, withPrograms(cloud)).status).toBe(exit);
    expect(called()).toBe('');
  });

  it('starts them when it is the one that was built', () => {
    const { file } = cloudFacts(cloud);
    writeFileSync(join(folder, `${file}.SHA256SUMS`), renderChecksums({ [file]: sha256('built') }));
    writeFileSync(join(folder, file), 'built');
    expect(start(cloud, withPrograms(cloud)).status).toBe(9);
    expect(called()).not.toBe('');
  });
});

it.each([
  ['what was built', 'built', 9, 'doctl\n'],
  ['anything else', 'changed', 1, ''],
])('DigitalOcean is asked to load the image only from where %s is', (_what, content, exit, expected) => {
  const { file } = cloudFacts('digitalocean');
  writeFileSync(join(folder, `${file}.SHA256SUMS`), renderChecksums({ [file]: sha256('built') }));
  writeFileSync(join(folder, 'elsewhere'), content);
  const env = withPrograms('digitalocean', ['curl', 'sha256sum']);
  const { status } = start('digitalocean', { ...env, IMAGE_URL: `file://${folder}/elsewhere` });
  expect([status, called()]).toEqual([exit, expected]);
});

function start(cloud: Cloud, env: NodeJS.ProcessEnv) {
  const path = join(folder, 'script.sh');
  writeFileSync(path, scriptOf(cloud));
  return spawnSync('/bin/sh', [path], { env: { ...env, PATH: env.PATH! }, encoding: 'utf8' });
}

const given = (cloud: Cloud) => Object.fromEntries(variablesOf(cloud).map((name) => [name, '/etc/hosts']));
const programsOf = (cloud: Cloud) => /^for program in (.*); do$/m.exec(scriptOf(cloud))![1]!.split(' ');
const called = () =>
  execFileSync('sh', ['-c', 'cat called || :'], { cwd: folder, stdio: 'pipe', encoding: 'utf8' });

/** Programs in the cloud's place that note that they were started, and fail. */
function withPrograms(cloud: Cloud, own = ['sha256sum']) {
  for (const program of programsOf(cloud).filter((name) => !own.includes(name))) {
    writeFileSync(join(folder, program), `#!/bin/sh\necho ${program} >> ${folder}/called\nexit 9\n`);
    chmodSync(join(folder, program), 0o755);
  }
  return { ...given(cloud), PATH: `${folder}:${process.env.PATH}` };
}
