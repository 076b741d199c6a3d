import { renderLock } from '../formats/text/lock-file.ts';
import { writeAtomic } from '../host/fs/files.ts';
import { openStore } from '../host/store/store.ts';
import { lockKernel } from '../locking/lock-kernels.ts';
import type { KernelSource } from '../model/kernel.ts';
import { kernelLockPath, wantedKernels } from '../project/kernel-sources.ts';
import { sourcesFrom } from '../project/sources.ts';
import { kernelLockVersion } from '../schema/kernel.ts';
import { fetchOptions, type Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'kernel lock',
  summary: 'pins the kernel sources that kernel/sources.yaml names, in their newest versions',
  arguments: [],
  options: fetchOptions,
  examples: ['ingot kernel lock'],
  async run(_, options, progress) {
    const store = await openStore();
    const find = await sourcesFrom(options);
    const sources: KernelSource[] = [];
    for (const [version, base] of Object.entries(await wantedKernels()))
      sources.push(await lockKernel({ version, base, store, progress, sources: find }));
    await writeAtomic(kernelLockPath, renderLock({ schema: kernelLockVersion, sources }));
    const lines = sources.map(({ version, base, packages, tools }) => {
      const pinned = packages.map((one) => `${one.name} ${one.version}`).join(', ');
      return `${version} of ${base}: ${pinned}, ${tools.length} packages of tools`;
    });
    return {
      text: [...lines, `wrote ${kernelLockPath}`].join('\n'),
      json: { path: kernelLockPath, sources },
    };
  },
};
