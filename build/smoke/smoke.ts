import { cpus } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { writeAtomic } from '../host/fs/files.ts';
import { freshFolder } from '../host/fs/scratch.ts';
import type { Progress } from '../host/progress.ts';
import type { ArtifactRecord } from '../model/types.ts';
import type { ProvenAccelerator } from '../vm/accelerator.ts';
import { readLogs } from '../vm/boot-outcome.ts';
import { reconnectGuest } from '../vm/guest.ts';
import { tellingNews } from '../vm/guest-news.ts';
import { type Identity, readIdentity } from '../vm/identity.ts';
import { boot, type Machine } from '../vm/machine.ts';
import type { MachineShape } from '../vm/machine-shape.ts';
import { type CheckResult, renderReport, type SmokeReport } from '../vm/report.ts';
import type { BenchRow, Session } from '../vm/session.ts';
import { speedCheck } from './check-names.ts';
import { runChecks } from './run-checks.ts';
import { runSpeedCheck } from './run-speed-check.ts';
import type { Start } from './starts.ts';
import type { TestMachine } from './test-machine.ts';
import { junit } from './vitest-results.ts';

export interface SmokeOptions {
  record: ArtifactRecord;
  machine: TestMachine;
  start: Start;
  /** What the machine was at its first start. */
  before?: Identity;
  accelerator: ProvenAccelerator;
  native: BenchRow[];
  /** Measures the host again, now. */
  benchAgain: () => Promise<BenchRow[]>;
  /** Folder for logs, picture and report; emptied first. */
  out: string;
  /** Extra systemd credentials: how the suite plants faults without touching the image. */
  credentials?: Record<string, string>;
  shape?: MachineShape;
  /** Names of the check files to run. */
  names: string[];
}

/**
 * Starts a machine, runs checks on it, switches it off, and writes the report. Never throws for a failed
 * check.
 */
export async function smoke(options: SmokeOptions, progress: Progress): Promise<SmokeReport> {
  const { record, machine, start, accelerator, native, names } = options;
  const { firmware, controller } = start;
  const folder = await freshFolder(options.out);
  const where = `${machine.cloud?.name ?? accelerator.kind}, start ${start.number}`;
  const endBoot = progress.begin('boot', `${record.file} on ${controller} by ${firmware} on ${where}`);
  const defaults = {
    accelerator: accelerator.kind,
    credentials: options.credentials ?? {},
    shape: options.shape,
  };
  const booted = await boot({ ...machine.qemu, controller, firmware, folder, ...defaults }, progress);
  endBoot();
  try {
    const telling = <T>(work: () => Promise<T>) => tellingNews(folder, progress, work);
    const { identity, requests } = await telling(() => settleFirstBoot(booted, machine));
    const { address, monitorSocket, agentSocket, bootSeconds, failedAttempts } = booted;
    const session: Session = {
      record,
      firmware,
      controller,
      accelerator: booted.accelerator,
      address,
      bootSeconds,
      native,
      folder,
      start: start.number,
      before: options.before,
      diskBytes: machine.diskBytes,
      monitorSocket,
      agentSocket,
      cloud: machine.cloud && { ...machine.cloud, requests },
    };
    const endChecks = progress.begin('check', names.join(', '));
    const { checks, figures } = await telling(() => judge(session, options, progress));
    endChecks(`${checks.filter((check) => check.ok).length} of ${checks.length} ok`);
    await booted.screenshot(join(folder, 'screen.png'));
    const logs = await readLogs(folder);
    if (machine.diskBytes) checks.push(await telling(() => powerOff(booted)));
    const report: SmokeReport = {
      artifact: record.file,
      sha256: record.sha256,
      target: record.target,
      platform: machine.cloud?.name ?? record.platform,
      format: record.format,
      firmware,
      controller,
      start: start.number,
      folder,
      accelerator: booted.accelerator,
      acceleratorReason: accelerator.reason,
      cpu: native[0]?.cpu_info ?? cpus()[0]?.model ?? 'unknown',
      memoryMiB: machine.qemu.memoryMiB,
      bootSeconds,
      failedAttempts,
      ok: checks.length > 0 && checks.every((check) => check.ok),
      checks,
      figures,
      identity,
      native,
    };
    if (!report.ok) progress.note(lastWords(logs));
    await writeReport(report);
    return report;
  } finally {
    await booted.stop();
  }
}

/** Runs the checks that were asked for, that of the speed last. */
async function judge(session: Session, { names, benchAgain }: SmokeOptions, progress: Progress) {
  const others = names.filter((name) => name !== speedCheck);
  const judged = await runChecks(session, others);
  if (others.length === names.length) return judged;
  const { checks, figures } = await runSpeedCheck(session, benchAgain, progress);
  return { checks: [...judged.checks, ...checks], figures: { ...judged.figures, ...figures } };
}

/** Writes a report beside the logs, for programs, for CI systems and for people. */
export async function writeReport(report: SmokeReport): Promise<void> {
  await writeAtomic(join(report.folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeAtomic(join(report.folder, 'junit.xml'), junit(report));
  await writeAtomic(join(report.folder, 'report.html'), renderReport(report));
}

/**
 * Lets cloud-init finish, which makes the machine what it is; then the cloud has heard all of its questions.
 */
async function settleFirstBoot(machine: Machine, { cloud, requests }: TestMachine) {
  const guest = await reconnectGuest(machine.address);
  try {
    // Its verdict is a check of its own.
    if (cloud) await guest.succeed('timeout 600 cloud-init status --wait > /dev/null || true');
    return { identity: await readIdentity(guest), requests: requests() };
  } finally {
    guest.close();
  }
}

async function powerOff(machine: Machine): Promise<CheckResult> {
  const name = 'it switches itself off when its power button is pressed';
  const started = Date.now();
  const message = await machine.powerOff().then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { name, ok: message === undefined, milliseconds: Date.now() - started, message };
}

/** The ends of both logs, shown where a check failed. */
function lastWords(logs: { console: string; journal: string }): string {
  const tail = (text: string) => stripVTControlCharacters(text).trim().split('\n').slice(-20).join('\n');
  return `--- console\n${tail(logs.console)}\n--- journal\n${tail(logs.journal)}`;
}
