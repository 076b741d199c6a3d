import { type CheckReport, check } from '../attest/check.ts';
import { readVerifiers } from '../attest/check-signature.ts';
import type { Progress } from '../host/progress.ts';
import { IngotError } from '../model/errors.ts';
import { buildTools, requireHost } from './_host.ts';
import type { Options, Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'check',
  summary: 'compares finished files with their sums, signatures, provenance and SBOMs, without starting them',
  arguments: [['<artifacts...>', 'finished files, each with what a build puts beside it']],
  options: [
    {
      flags: '--key <file>',
      description: 'public key of minisign or SSH that must have signed',
      several: true,
    },
    { flags: '--allowed-signers <file>', description: 'list of SSH signers; one of them must have signed' },
    { flags: '--lock <file>', description: "lock to compare the materials with instead of the recipe's own" },
  ],
  examples: ['ingot check out/nanite-server-*.iso', 'ingot check out/nanite-server-*.iso --key minisign.pub'],
  async run(artifacts, options, progress) {
    const reports = await checkArtifacts(artifacts, options, progress);
    return { text: reports.map(describe).join('\n'), json: reports };
  },
};

/** Checks artifacts; throws CHECK_FAILED with everything that does not agree. */
export async function checkArtifacts(
  artifacts: string[],
  options: Pick<Options, 'key' | 'allowedSigners' | 'lock'>,
  progress: Progress,
): Promise<CheckReport[]> {
  const verifiers = await readVerifiers(options.key, options.allowedSigners);
  const store = await requireHost(buildTools);
  const problems: string[] = [];
  const reports: CheckReport[] = [];
  for (const artifact of artifacts) {
    const end = progress.begin('check', artifact);
    const found = await check(artifact, { store, progress, verifiers, lock: options.lock });
    end(found.problems.length ? `${found.problems.length} problems` : 'all agrees');
    problems.push(...found.problems);
    reports.push(found.report);
  }
  if (!problems.length) return reports;
  throw new IngotError('CHECK_FAILED', problems.join('\n'), {
    hint: 'do not use these files; download or build them again',
  });
}

function describe({
  artifact,
  sha256,
  packages,
  models,
  materials,
  lockCompared,
  signature,
}: CheckReport): string {
  const signed = signature.present.join(' and ');
  const state = signature.verified.length
    ? `signature verified (${signature.verified.join(' and ')})`
    : signed
      ? `signed (${signed}), not verified: no --key`
      : 'unsigned';
  return [
    `${artifact}: all agrees; ${state}`,
    `  sha256     ${sha256}`,
    `  SBOMs      ${packages} packages, ${models} models, as in the image`,
    `  materials  ${materials}, ${lockCompared ? "as in the recipe's lock" : "not compared with the recipe's lock, which has changed since"}`,
  ].join('\n');
}
