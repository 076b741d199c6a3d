import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ran, runScript } from '../../testdata/cloud-script.ts';
import { cloudFacts } from './fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-removal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const env = { AWS_REGION: 'r', BUCKET: 'b', RESOURCE_GROUP: 'g', LOCATION: 'l', PROJECT: 'p' };
const programs = {
  aws: `case "$*" in
    *'import-snapshot '*) echo import-1 ;;
    *TaskDetail.Status) echo completed ;;
    *TaskDetail.SnapshotId) echo snap-1 ;;
    *register-image*) echo ami-1 ;;
    *delete-snapshot*) echo '{"Return": true}' ;;
  esac`,
  az: `case "$*" in *grant-access*) echo sas ;; *'image create'*) echo /images/1 ;; esac`,
  azcopy: '',
  gcloud: `case "$*" in *'images create'*) echo NAME STATUS ;; esac`,
  sleep: '',
};

type Uploading = 'aws' | 'azure' | 'gce';

/**
 * Runs the script with programs that do their work, but for the call that has these words, which does
 * `instead`.
 */
function upload(cloud: Uploading, words?: string, instead = 'exit 9'): Ran {
  const changed = Object.entries(programs).map(([name, commands]) => {
    const fault = words ? `case "${name} $*" in *'${words}'*) ${instead} ;; esac\n` : '';
    return [name, fault + commands] as const;
  });
  return runScript(cloud, folder, { env, programs: Object.fromEntries(changed) });
}

/** Calls that take something away, without the options that say where. */
const removals = ({ calls }: Ran) =>
  calls
    .filter((call) => / (rm|delete|delete-\w+|cancel-\S+|revoke-\w+|deregister-\w+) /.test(call))
    .map((call) => call.replaceAll(/ --(yes|quiet|output none|project=p|resource-group g)/g, ''));

const object = (scheme: string, cloud: Uploading) => `${scheme}://b/${cloudFacts(cloud).file}`;
const s3 = `aws s3 rm ${object('s3', 'aws')}`;
const cancel = 'aws ec2 cancel-import-task --import-task-id import-1';
const snapshot = 'aws ec2 delete-snapshot --snapshot-id snap-1';
const revoke = 'az disk revoke-access --name nanite-server-20260102-upload';
const disk = 'az disk delete --name nanite-server-20260102-upload';
const gs = `gcloud storage rm ${object('gs', 'gce')}`;

describe('what was made on the way is removed, and nothing else', () => {
  it.each<[Uploading, string, string[]]>([
    ['aws', 's3 cp', []],
    ['aws', 'import-snapshot ', [s3]],
    ['aws', 'TaskDetail.Status', [cancel, s3]],
    ['aws', 'register-image', [snapshot, s3]],
    ['azure', 'disk create', []],
    ['azure', 'grant-access', [disk]],
    ['azure', 'azcopy', [revoke, disk]],
    ['azure', 'image create', [revoke, disk]],
    ['gce', 'storage cp', []],
    ['gce', 'images create', [gs]],
  ])('%s, when %s fails', (cloud, words, expected) => {
    const ran = upload(cloud, words);
    expect([ran.status, ran.stdout, removals(ran)]).toEqual([9, '', expected]);
  });

  it.each<[Uploading, string, string[]]>([
    ['aws', 'ami-1', [s3]],
    ['azure', '/images/1', [revoke, disk]],
    ['gce', 'NAME STATUS', [gs]],
  ])('%s, when all is well: the image stays', (cloud, printed, expected) => {
    const ran = upload(cloud);
    expect([ran.status, ran.stdout, removals(ran)]).toEqual([0, `${printed}\n`, expected]);
  });

  it('aws, when the import itself has failed', () => {
    const ran = upload('aws', 'TaskDetail.Status', 'echo deleted; exit');
    expect([ran.status, removals(ran)]).toEqual([1, [s3]]);
    expect(ran.stderr).toContain('import import-1 is deleted: ');
  });

  it.each(
    ['HUP', 'INT', 'TERM'].flatMap((signal): [string, Uploading, string, string[]][] => [
      [signal, 'aws', 'sleep', [cancel, s3]],
      [signal, 'azure', 'azcopy', [revoke, disk]],
      [signal, 'gce', 'images create', [gs]],
    ]),
  )('after SIG%s: %s, in %s', (signal, cloud, words, expected) => {
    const ran = upload(cloud, words, `kill -${signal} $PPID; exit 1`);
    expect([ran.status, removals(ran)]).toEqual([130, expected]);
  });
});

it.each<[Uploading, string, string[]]>([
  ['aws', ' rm ', [object('s3', 'aws')]],
  ['azure', 'disk delete', ['disk nanite-server-20260102-upload']],
  ['gce', ' rm ', [object('gs', 'gce')]],
])('%s: what could not be removed is named', (cloud, words, left) => {
  const ran = upload(cloud, words);
  expect(ran.status).toBe(1);
  expect(ran.stderr).toBe(left.map((what) => `not removed, and paid for until it is: ${what}\n`).join(''));
});

it('no image is made of a disk that may still be written to', () => {
  const ran = upload('azure', 'revoke-access');
  expect([ran.status, removals(ran)]).toEqual([1, [revoke, revoke, disk]]);
  expect(ran.stderr).toContain('until it is: the right to write to disk nanite');
  expect(ran.calls.filter((call) => call.includes('image create'))).toEqual([]);
});
