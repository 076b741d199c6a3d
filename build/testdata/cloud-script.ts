import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderChecksums } from '../formats/attest/checksums.ts';
import { cloudFacts } from '../formats/cloud/fixture.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import type { Cloud } from '../model/target.ts';
import { cloudFiles } from '../targets/platforms/find.ts';

/** The script that is beside a cloud's artifact. */
export function scriptOf(cloud: Cloud): string {
  return Object.entries(cloudFiles(cloud, cloudFacts(cloud))).find(([suffix]) => suffix.endsWith('.sh'))![1];
}

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
  /** What was called, each with its words, in order. */
  calls: string[];
}

/**
 * Runs a cloud's script in a folder, beside an artifact that is as it was built. `programs` are shell
 * commands in the place of the cloud's own programs.
 */
export function runScript(
  cloud: Cloud,
  folder: string,
  { env, programs }: { env: { [variable: string]: string }; programs: { [name: string]: string } },
): Ran {
  const { file } = cloudFacts(cloud);
  writeFileSync(join(folder, file), 'built');
  writeFileSync(join(folder, `${file}.SHA256SUMS`), renderChecksums({ [file]: sha256('built') }));
  const called = join(folder, 'called');
  rmSync(called, { force: true });
  for (const [name, commands] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> ${called}\n${commands}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const path = join(folder, 'script.sh');
  writeFileSync(path, scriptOf(cloud));
  const { status, stdout, stderr } = spawnSync('/bin/sh', [path], {
    env: { ...env, PATH: `${folder}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  const calls = existsSync(called) ? readFileSync(called, 'utf8').trim().split('\n') : [];
  return { status, stdout, stderr, calls };
}
