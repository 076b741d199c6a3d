import { exitStatus, type IngotError } from '../model/errors.ts';

/** Tells people on standard error what went wrong and what to try; returns the exit status. */
export function printError(error: IngotError): number {
  process.stderr.write(`error ${error.code}: ${error.message}\n`);
  if (error.hint) process.stderr.write(`  try: ${error.hint}\n`);
  if (error.code === 'INTERNAL') process.stderr.write(`${(error.cause as Error)?.stack ?? error.stack}\n`);
  return exitStatus(error);
}
