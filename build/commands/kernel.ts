import { isMet, renderReport, unmetSentences } from '../kernel/report.ts';
import { IngotError, shortList } from '../model/errors.ts';
import { kernelBases } from '../model/kernel.ts';
import { checkKernel } from '../project/check-kernel.ts';
import { kernelChecks } from '../project/kernel-checks.ts';
import { sourcesFrom } from '../project/sources.ts';
import { buildTools, requireHost } from './_host.ts';
import { fetchOptions, type Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'kernel check',
  summary: 'checks each line of kernel fragments, and a kernel command line, against Kconfig',
  arguments: [['<recipe|fragment...>', 'name of a recipe or of fragments of kernel/, or paths of fragments']],
  options: [
    {
      flags: '--kernel <version>',
      description:
        'version to check against, or the path of a source: its folder or its .tar.xz (default: all locked)',
      several: true,
    },
    {
      flags: '--config <name>',
      description: `configuration to begin with: ${kernelBases.join(', ')}`,
    },
    ...fetchOptions,
  ],
  examples: [
    'ingot kernel check inference hardening --kernel 7.2',
    'ingot kernel check ./my.config --config defconfig',
    'ingot kernel check synapse',
  ],
  async run(names, options, progress) {
    const sources = await sourcesFrom(options);
    const asked = await kernelChecks(names, options);
    const store = await requireHost(buildTools);
    const place = { store, progress, sources };
    const reports = [];
    for (const prepare of asked) reports.push(await checkKernel(await prepare(place), place));
    const unmet = reports.flatMap(unmetSentences);
    return {
      text: reports.map(renderReport).join('\n\n'),
      json: reports.map((report) => ({ ...report, met: isMet(report) })),
      ...(unmet.length
        ? {
            failure: new IngotError('FRAGMENT_UNMET', shortList(unmet, { separator: '; ' }), {
              hint: 'docs/kernels.md says what each verdict means; --json has all of it',
            }),
          }
        : {}),
    };
  },
};
