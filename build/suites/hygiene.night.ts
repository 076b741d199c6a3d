import { beforeAll, expect, test } from 'vitest';
import { ownChecks } from '../distros/checks.ts';
import { mapLimited } from '../host/fs/files.ts';
import { allChecks, assertClean, type judge } from '../hygiene/judge.ts';
import { plants } from './support/hygiene-plants.ts';
import { judgeChanged, openPlantedRoot, type PlantedRoot } from './support/planted-root.ts';

const checks = allChecks(ownChecks.debian);
let root: PlantedRoot;
const caught = new Map<string, ReturnType<typeof judge>>();

beforeAll(async () => {
  root = await openPlantedRoot();
  await mapLimited(plants, 2, async ([check, script]) =>
    caught.set(check, await judgeChanged(root, script, check)),
  );
});

test('every check has a planted violation', () => {
  expect(plants.map(([check]) => check).sort()).toEqual(checks.map(({ name }) => name).sort());
  expect(checks.length).toBeGreaterThanOrEqual(45);
});

test('the root as it is holds nothing that no image may', async () => {
  expect(() => assertClean([])).not.toThrow();
  expect(await judgeChanged(root, ':', 'altered-files private-key')).toEqual([]);
});

test.each(plants)('%s: %s', (check, _script, ...also) => {
  const findings = caught.get(check)!;
  expect(findings.map((finding) => finding.check.name).sort()).toEqual([check, ...also].sort());
});

test('the error names every violation, its check and what to do', () => {
  const findings = ['authorized-keys', 'set-uid'].flatMap((check) => caught.get(check)!);
  expect(() => assertClean(findings)).toThrow(
    expect.objectContaining({
      code: 'HYGIENE',
      message: expect.stringMatching(
        /the root holds 4 things.*authorized-keys \(AWS\): no account.*\/root\/\.ssh\/authorized_keys: file of 4 bytes.*\/usr\/bin\/find: 4755 0:0/s,
      ),
    }),
  );
});
