import { readSigningKeys, signArtifact } from '../attest/sign.ts';
import { IngotError } from '../model/errors.ts';
import { buildTools, requireHost } from './_host.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'sign',
  summary: 'signs finished files with your keys',
  arguments: [['<artifacts...>', 'finished files, each with its SHA256SUMS beside it']],
  options: [
    {
      flags: '--key <file>',
      description: 'secret key of minisign or SSH, at most one of each',
      several: true,
    },
  ],
  examples: ['ingot sign out/nanite-server-*.iso --key ~/.minisign/minisign.key'],
  async run(artifacts, options, progress) {
    if (!options.key)
      throw new IngotError('USAGE', 'no key was named', { hint: 'ingot sign <artifacts...> --key <file>' });
    const keys = await readSigningKeys(options.key);
    await requireHost(buildTools);
    const signatures: string[] = [];
    for (const artifact of artifacts) signatures.push(...(await signArtifact(artifact, keys, progress)));
    return { text: signatures.join('\n'), json: signatures };
  },
};
