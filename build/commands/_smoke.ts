import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from '../host/command.ts';
import { exists, hashFile, readText, repository, writeAtomic } from '../host/files.ts';
import type { Progress } from '../host/progress.ts';
import { runInside } from '../host/sandbox.ts';
import { freshFolder } from '../host/scratch.ts';
import { type Store, withTemporary } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord, Firmware } from '../model/types.ts';
import { recordSchema } from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';
import type { ProvenAccelerator } from '../vm/accelerator.ts';
import { boot } from '../vm/machine.ts';
import { renderReport, type SmokeReport } from '../vm/report.ts';
import { type BenchRow, benchArguments, type Session } from '../vm/session.ts';
import { junit, parseVitest } from './_vitest-results.ts';

export interface SmokeOptions {
  artifact: string;
  firmware: Firmware;
  accelerator: ProvenAccelerator;
  native: BenchRow[];
  /** Folder for logs, picture and report; emptied first. */
  out: string;
  /** Extra systemd credentials: how the suite plants faults without touching the image. */
  credentials?: Record<string, string>;
  /** Check files to run instead of those of the image's features. */
  only?: string[];
}

/** Reads the record beside an artifact and checks that the file is the recorded bytes. */
export async function readArtifact(artifact: string): Promise<ArtifactRecord> {
  for (const path of [artifact, `${artifact}.json`])
    if (!(await exists(path)))
      throw new IngotError('INPUT_INVALID', `artifact ${path} does not exist`, {
        hint: 'ingot build <recipe>',
      });
  const record = validate<ArtifactRecord>(
    recordSchema,
    parseJson(await readText(`${artifact}.json`), `${artifact}.json`),
    `${artifact}.json`,
  );
  await assertUnchanged(artifact, record);
  return record;
}

/** The same model and threads with the tools tree's own llama-bench, on this host, nothing else running. */
export async function benchNatively(record: ArtifactRecord, store: Store): Promise<BenchRow[]> {
  const tools = store.stage(record.toolsStage);
  const model = record.models[0] && store.file(record.models[0].sha256);
  if (!model || !(await exists(tools)) || !(await exists(model)))
    throw new IngotError('INPUT_INVALID', `the store has no tools tree or model for ${record.file}`, {
      hint: `ingot build ${record.recipe} --target ${record.target}`,
    });
  const threads = Math.min(record.smoke.cpus, availableParallelism());
  return withTemporary(store, async (work) => {
    const sandbox = { tools, work, inputs: { '/inputs/model.gguf': model }, sourceDateEpoch: 1 };
    return JSON.parse(await runInside(sandbox, benchArguments('/inputs/model.gguf', threads))) as BenchRow[];
  });
}

/** Boots an artifact under one firmware, runs every check on it, and writes the report. Never throws for a failed check. */
export async function smoke(options: SmokeOptions, progress: Progress): Promise<SmokeReport> {
  const { firmware, accelerator, native } = options;
  const artifact = resolve(options.artifact);
  const record = await readArtifact(artifact);
  const folder = await freshFolder(resolve(options.out));
  // The BIOS starts it as a stick and UEFI as a CD, so that both sides of the hybrid are seen to work.
  const medium = firmware === 'bios' ? 'usb' : 'cdrom';
  const names = options.only ?? ['image', ...record.features];
  const endBoot = progress.begin('boot', `${record.file} as ${medium} by ${firmware} on ${accelerator.kind}`);
  const machine = await boot({
    image: artifact,
    medium,
    firmware,
    accelerator: accelerator.kind,
    memoryMiB: record.smoke.memoryMiB,
    cpus: record.smoke.cpus,
    folder,
    credentials: options.credentials ?? {},
  });
  endBoot();
  const { address, bootSeconds } = machine;
  const session: Session = {
    record,
    firmware,
    medium,
    accelerator: machine.accelerator,
    address,
    bootSeconds,
    native,
    folder,
  };
  try {
    const endChecks = progress.begin('check', names.join(', '));
    const { checks, figures } = await runChecks(session, names);
    endChecks(`${checks.filter((check) => check.ok).length} of ${checks.length} ok`);
    await machine.screenshot(join(folder, 'screen.png'));
    const report: SmokeReport = {
      artifact: record.file,
      sha256: record.sha256,
      firmware,
      medium,
      accelerator: machine.accelerator,
      acceleratorReason: accelerator.reason,
      cpu: native[0]?.cpu_info ?? 'unknown',
      memoryMiB: record.smoke.memoryMiB,
      bootSeconds,
      ok: checks.length > 0 && checks.every((check) => check.ok),
      checks,
      figures,
      native,
    };
    if (!report.ok) progress.note(lastWords(await machine.logs()));
    await writeAtomic(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    await writeAtomic(join(folder, 'junit.xml'), junit(report));
    await writeAtomic(join(folder, 'report.html'), renderReport(report));
    return report;
  } finally {
    await machine.stop();
    await assertUnchanged(artifact, record);
  }
}

/** The ends of both logs, shown where a check failed. */
function lastWords(logs: { console: string; journal: string }): string {
  const tail = (text: string) => stripVTControlCharacters(text).trim().split('\n').slice(-20).join('\n');
  return `--- console\n${tail(logs.console)}\n--- journal\n${tail(logs.journal)}`;
}

/** Runs the vitest files of the image's features, and those every image must pass, against the running machine. */
async function runChecks(
  session: Session,
  names: string[],
): Promise<Pick<SmokeReport, 'checks' | 'figures'>> {
  const file = join(session.folder, 'session.json');
  const results = join(session.folder, 'vitest.json');
  await writeAtomic(file, JSON.stringify(session));
  const files: string[] = [];
  for (const name of names.map((n) => `qemu-tests/${n}.test.ts`))
    if (await exists(join(repository, name))) files.push(name);
  const env = { ...(process.env as Record<string, string>), INGOT_SESSION: file };
  const vitest = [
    'node',
    join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'qemu-tests/vitest.config.ts',
  ];
  await run([...vitest, '--reporter=json', `--outputFile=${results}`, ...files], {
    cwd: repository,
    env,
    log: join(session.folder, 'vitest.log'),
  }).catch(async (error) => {
    // A failed check makes vitest end with 1; only a run without results is a failure of the tool itself.
    if (!(await exists(results))) throw error;
  });
  return parseVitest(await readText(results), files);
}

async function assertUnchanged(artifact: string, record: ArtifactRecord): Promise<void> {
  const actual = await hashFile(artifact);
  if (actual !== record.sha256)
    throw new IngotError(
      'HASH_MISMATCH',
      `${basename(artifact)} has sha256 ${actual}, its record says ${record.sha256}`,
      {
        hint: `the file in ${dirname(artifact)} was changed; build it again`,
      },
    );
}
