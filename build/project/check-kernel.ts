import { join } from 'node:path';
import { readJson, readText } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import { hasStage, type Store } from '../host/store/store.ts';
import { judgeWords, type Parameters } from '../kernel/command-line.ts';
import { driftOf } from '../kernel/drift.ts';
import type { AskedLine, Fragment } from '../kernel/fragment.ts';
import { differsPerBuild, lackedByImages, misnamed } from '../kernel/image-needs.ts';
import { compose, configLine, refuseChoices } from '../kernel/merge.ts';
import type { KernelReport } from '../kernel/report.ts';
import { changedValues, parseSymbols, type Symbols } from '../kernel/symbols.ts';
import { parseNames } from '../kernel/unknown.ts';
import { judgeLines } from '../kernel/verdict.ts';
import { IngotError } from '../model/errors.ts';
import type { KernelBase, KernelSource } from '../model/kernel.ts';
import { type Archive, type KernelStages, kernelStages } from '../resolve/kernel-stages.ts';
import type { FindSources } from '../stages/context.ts';
import { executeStage } from '../stages/execute.ts';
import { readStageCode } from './stage-code.ts';

export interface KernelCheck {
  /** As the report calls it. */
  what: string;
  source: KernelSource;
  /** Another source than the locked one, which its tools read. */
  archive?: Archive & { version: string };
  base: KernelBase;
  /** Modules of the base that stay, where a machine's profile says which. */
  modules?: string[];
  fragments: Fragment[];
  /** Words of the command line. */
  words: string[];
  /** An image gets this kernel: what images need must be there, and two builds must not differ. */
  forImage: boolean;
}

export interface CheckPlace {
  store: Store;
  progress: Progress;
  sources: FindSources;
}

/** Lets the kernel's own Kconfig resolve the lines, and judges each; throws where lines contradict. */
export async function checkKernel(check: KernelCheck, place: CheckPlace): Promise<KernelReport> {
  const { what, source, archive, base, fragments, words, forImage } = check;
  const kernel = archive?.version ?? source.version;
  const lines = compose(fragments, kernel);
  const stages = await stagesOf(check, lines);
  const make = (id: string) => executeStage(stages, id, place);
  const [folder, beforeFolder] = [join(await make(stages.kconfig), 'kconfig'), await make(stages.before)];
  const before = await readSymbols(beforeFolder);
  // Now, as the kernel would take one of the two without a word.
  refuseChoices(lines, before);
  const after = lines.length ? await readSymbols(await make(stages.after)) : before;
  const names = parseNames(await readText(join(folder, 'names.txt')));
  const parameters = await readJson<Parameters>(join(folder, 'parameters.json'));
  return {
    what,
    kernel,
    base,
    verdicts: judgeLines(lines, { kernel, before, after, names }),
    words: judgeWords(words, parameters, after),
    sideEffects: changedValues(before, after, new Set(lines.map(({ symbol }) => symbol))),
    // What a profile leaves out is no fault of the compiler.
    drift: check.modules ? [] : driftOf(await readText(join(folder, 'bases', base)), before),
    problems: forImage ? [...misnamed(after), ...differsPerBuild(after), ...lackedByImages(after)] : [],
  };
}

/** Why a check would have to make something first; undefined when it can begin at once. */
export async function lacksFor(check: KernelCheck, store: Store): Promise<string | undefined> {
  const lines = compose(check.fragments, check.source.version);
  const { tools, kconfig, before, after } = await stagesOf(check, lines);
  const ready = await Promise.all([tools, kconfig].map((id) => hasStage(store, id)));
  if (!ready.every(Boolean)) return `the store has no Kconfig of ${check.source.version}`;
  const there = await Promise.all([before, after].map((id) => hasStage(store, id)));
  if (there.every(Boolean) || process.getuid?.() === 0) return undefined;
  return 'resolving the configuration needs root';
}

async function stagesOf(check: KernelCheck, lines: AskedLine[]): Promise<KernelStages> {
  const { source, base, modules, archive } = check;
  return kernelStages(
    source,
    { base, modules, lines: lines.map(configLine) },
    await readStageCode(),
    archive,
  );
}

/** The symbols of a resolved configuration, which must have the values that a build would have. */
async function readSymbols(folder: string): Promise<Symbols> {
  const [symbols, config] = await Promise.all([
    readText(join(folder, 'all.symbols')).then(parseSymbols),
    readText(join(folder, 'all.config')),
  ]);
  const differing = driftOf(config, symbols);
  if (!differing.length) return symbols;
  const { symbol, from, to } = differing[0]!;
  throw new IngotError('INTERNAL', `kdump and conf disagree about ${symbol}: ${to} and ${from}`);
}
