import type { Random } from '../formats/text/random.ts';
import { type ErrorCode, IngotError } from '../model/errors.ts';

export type FuzzInput = Buffer | string;

/** One parser of foreign bytes, how to make inputs for it, and what it may do with them. */
export interface FuzzTarget {
  name: string;
  input(random: Random): FuzzInput;
  /** Parses, and throws `Violation` when what was accepted is not what it must be. */
  check(input: FuzzInput): unknown;
  /** How a refusal is to look; without it, every input must be accepted. */
  refuses?: { code: ErrorCode; message: RegExp };
}

/** Something was accepted that must not have been, or was understood wrongly. */
export class Violation extends Error {}

/** `finding` says what is wrong with the parser. */
export type Judgement = { accepted: true } | { refused: ErrorCode } | { finding: string };

const maxMessage = 8192;
/** What JavaScript says of a defect, or of a stack that is full; wrapping it does not make it an answer. */
const defect =
  /call stack|is not a function|not iterable|Cannot (read|use|set|convert)|Invalid (time|array|string)/;

/** What the target made of one input. */
export async function judge(target: FuzzTarget, input: FuzzInput): Promise<Judgement> {
  try {
    await target.check(input);
    return { accepted: true };
  } catch (error) {
    const wrong = wrongRefusal(target, error);
    return wrong ? { finding: wrong } : { refused: (error as IngotError).code };
  }
}

function wrongRefusal({ refuses }: FuzzTarget, error: unknown): string | undefined {
  if (!(error instanceof IngotError)) return firstStackLines(error);
  const { code, message } = error;
  const shown = JSON.stringify(message.slice(0, 200));
  if (code !== refuses?.code) return `refused with ${code}: ${shown}`;
  if (!refuses.message.test(message)) return `message does not name the thing: ${shown}`;
  if (message.length > maxMessage) return `message has ${message.length} characters: ${shown}`;
  if (/[^\n\t\P{Cc}]/u.test(message)) return `message has a control character: ${shown}`;
  if (defect.test(message)) return `message is JavaScript's own: ${shown}`;
  return undefined;
}

function firstStackLines(error: unknown): string {
  if (error instanceof Violation) return `wrongly accepted: ${error.message}`;
  const stack = (error as Error)?.stack ?? String(error);
  return stack.split('\n').slice(0, 3).join(' ').slice(0, 400);
}
