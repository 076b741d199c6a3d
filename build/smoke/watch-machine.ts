import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readText } from '../host/fs/files.ts';
import { throwIfInterrupted } from '../host/interrupt.ts';
import type { Progress } from '../host/progress.ts';
import { bootFailedError, bootFailure } from '../vm/boot-outcome.ts';
import { tellingNews } from '../vm/guest-news.ts';
import { parseSelfReport, type SelfReport } from '../vm/self-report.ts';
import { type PowerOnOptions, powerOn, type Running } from '../vm/start-qemu.ts';

const script = fileURLToPath(new URL('self-report.sh', import.meta.url));
/** From power-on to the end of its report; the machine is watched for a part of it. */
const limitSeconds = { kvm: 600, tcg: 1500 };
const watchedSeconds = 45;

/**
 * Starts a machine that nobody can log in to, as one without a network or a serial port, and returns what it
 * says about itself. The machine is watched for a while after its boot, and switches itself off.
 */
export async function watchMachine(
  options: PowerOnOptions,
  /** Where its model answers, if it has one. */
  url: string | undefined,
  progress: Progress,
): Promise<SelfReport> {
  const { folder } = options;
  const running = await powerOn({
    ...options,
    shape: { ...options.shape, report: true },
    credentials: { ...(await reportCredentials(url)), ...options.credentials },
  });
  try {
    const why = await tellingNews(folder, progress, () => waitForReport(running, options));
    if (why) throw await bootFailedError(folder, why, await running.captureState());
    return parseSelfReport(await readText(join(folder, 'report.txt')));
  } finally {
    await running.stop();
  }
}

/** Why there is no report; undefined when the machine has switched itself off after it. */
async function waitForReport(
  running: Running,
  { folder, shape }: PowerOnOptions,
): Promise<string | undefined> {
  const seconds = limitSeconds[running.accelerator];
  let over = false;
  running.ended.then(() => {
    over = true;
  });
  while (!over) {
    throwIfInterrupted();
    // A machine without a serial port is silent by nature, and so is one that is only watched.
    const failure = shape?.serial === false ? undefined : await bootFailure(folder, running.accelerator);
    if (failure && !failure.retryable) return failure.why;
    if (Date.now() - running.started > seconds * 1000) return `no report within ${seconds} s`;
    await sleep(500);
  }
}

/** A unit of the machine's own that reports when all others have been started. */
async function reportCredentials(url: string | undefined): Promise<{ [name: string]: string }> {
  const command = ['/bin/sh', '%d/ingot.report', String(watchedSeconds), url ?? ''];
  return {
    'ingot.report': await readText(script),
    'systemd.extra-unit.ingot-report.service': `[Unit]
Description=Report of this machine to its host
[Service]
ImportCredential=ingot.report
ExecStart=${command.join(' ').trim()}
`,
    'systemd.unit-dropin.multi-user.target': '[Unit]\nWants=ingot-report.service\n',
  };
}
