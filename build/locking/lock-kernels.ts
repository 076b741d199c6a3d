import { resolve } from 'node:path';
import { distroOf } from '../distros/find.ts';
import { describeMirror, isDated, parseMirror } from '../formats/text/mirror.ts';
import { proxyVariables } from '../host/net/proxy.ts';
import type { Progress } from '../host/progress.ts';
import { run } from '../host/run/command.ts';
import { type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { KernelSource } from '../model/kernel.ts';
import { toolPackages } from '../project/inputs.ts';
import type { FindSources } from '../stages/context.ts';
import { resolvePackages } from './resolve-packages.ts';

export interface KernelRequest {
  version: string;
  base: string;
  store: Store;
  progress: Progress;
  sources: FindSources;
}

/**
 * Pins the source of a kernel and the tools that read it. The source's packages need nothing solved, only
 * their newest version; the host's package manager finds both.
 */
export async function lockKernel(request: KernelRequest): Promise<KernelSource> {
  const { version, base, store, progress, sources } = request;
  const distro = distroOf(base);
  const asked = await toolPackages(base, 'kernel-tools');
  const { mirrors } = await sources(distro.name);
  const named = mirrors.find(({ place }) => !isDated(place));
  if (!named)
    throw new IngotError('USAGE', 'there is no mirror to lock from: all have {timestamp} in the URL', {
      hint: 'name one without it with --mirror',
    });
  const mirror = parseMirror(named, '');
  const names = distro.kernelSource(version);
  const end = progress.begin(`resolve kernel ${version}`, `${names.join(', ')} of ${base}`);
  const { release, answers } = await withTemporary(store, (folder) =>
    resolvePackages({
      distro,
      base,
      components: distro.components.slice(0, 1),
      mirror: 'url' in mirror ? mirror : { folder: resolve(mirror.folder) },
      mirrorName: describeMirror(named),
      questions: [asked, names],
      askedBy: () => `kernel/sources.yaml ('${version}': ${base})`,
      folder,
      root: folder,
      run: (command) => run(command, { env: { ...process.env, ...proxyVariables() } }),
    }),
  );
  const [tools, withDependencies] = answers as [KernelSource['tools'], KernelSource['packages']];
  const packages = withDependencies.filter(({ name }) => names.includes(name));
  end(`${packages.length} packages, ${tools.length} of tools`);
  const sourceDateEpoch = Date.parse(release.date) / 1000;
  return { version, base, release, sourceDateEpoch, asked, packages, tools };
}
