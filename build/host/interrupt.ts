import { IngotError } from '../model/errors.ts';

const controller = new AbortController();

/** Aborted by SIGINT, SIGTERM or SIGHUP; long work listens to it. */
export const interrupted = controller.signal;

const hint = 'run the same command again; it goes on where it stopped';

/**
 * Turns the first signal into an orderly stop: children are killed, temporary files removed, then the process
 * ends.
 */
export function listenForSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () =>
      controller.abort(new IngotError('INTERRUPTED', `stopped by ${signal}`, { hint })),
    );
}

export function throwIfInterrupted(): void {
  if (interrupted.aborted) throw interrupted.reason;
}
