/**
 * Every way Ingot fails: code → exit status and what it means. The table in docs/command-line.md is made from
 * this.
 */
export const errorCodes = {
  USAGE: { exit: 2, meaning: 'the command line is wrong' },
  RECIPE_UNKNOWN: { exit: 2, meaning: 'no recipe has that name' },
  TARGET_UNKNOWN: { exit: 2, meaning: 'no target has that name' },
  RECIPE_INVALID: { exit: 3, meaning: 'a recipe, a feature or an option is wrong' },
  FEATURE_CONFLICT: { exit: 3, meaning: 'two features conflict, or a required one is missing' },
  INPUT_INVALID: { exit: 3, meaning: 'a package list, overlay, lock or artifact record is wrong' },
  PACKAGE_UNKNOWN: { exit: 3, meaning: 'the suite has no such package, or it cannot be installed' },
  MODEL_INVALID: { exit: 3, meaning: 'a model is not a well-formed GGUF file, or llama.cpp cannot serve it' },
  MODEL_MISSING: { exit: 3, meaning: 'a model file does not exist' },
  FRAGMENT_UNMET: {
    exit: 3,
    meaning: 'a line of a kernel fragment or a word of a command line does not hold',
  },
  LOCK_MISSING: { exit: 4, meaning: 'the recipe has no lock' },
  LOCK_STALE: { exit: 4, meaning: 'the lock does not fit the recipe any more' },
  LOCK_GONE: { exit: 4, meaning: 'the mirror no longer has a locked file' },
  NOT_ROOT: { exit: 5, meaning: 'the command needs root' },
  NO_SANDBOX: { exit: 5, meaning: 'root may not make namespaces or mount here, as in most containers' },
  HOST_TOOL_MISSING: { exit: 5, meaning: 'a program that the host must have is not installed' },
  PATH_UNUSABLE: { exit: 5, meaning: 'a file or folder cannot be read or written' },
  LIMIT_REACHED: { exit: 5, meaning: 'the machine allows too little memory or too few open files' },
  DEVICE_REFUSED: { exit: 5, meaning: 'a disk must not be written to, or cannot hold the image' },
  DISK_FULL: { exit: 5, meaning: 'a file system is full' },
  MIRROR_DOWN: { exit: 6, meaning: 'a mirror or model server does not answer' },
  HASH_MISMATCH: { exit: 6, meaning: 'downloaded or stored bytes are not the locked ones' },
  SIGNATURE_INVALID: { exit: 6, meaning: "the archive's Release is not signed by a trusted key" },
  COMMAND_FAILED: { exit: 7, meaning: 'a tool that Ingot runs failed' },
  HYGIENE: { exit: 8, meaning: 'the finished root contains something that no image may contain' },
  BOOT_FAILED: { exit: 9, meaning: 'the image did not boot, or the test could not log in' },
  SMOKE_FAILED: { exit: 10, meaning: 'the booted image failed a check' },
  CHECK_FAILED: {
    exit: 11,
    meaning: 'an artifact, its record, signature, provenance or SBOM do not agree',
  },
  VERIFY_FAILED: { exit: 12, meaning: 'builds of one lock differ, or an environment could not be varied' },
  DIFF_EXCEEDED: { exit: 13, meaning: 'two images differ by more than --fail-on allows' },
  INTERNAL: { exit: 70, meaning: 'a bug in Ingot' },
  INTERRUPTED: { exit: 130, meaning: 'stopped by a signal' },
} as const satisfies Record<string, { exit: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** A failure the user can act on. The message names the thing, the value and why; the hint is what to run. */
export class IngotError extends Error {
  readonly code: ErrorCode;
  readonly hint?: string;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(printable(message), { cause: options.cause });
    this.name = 'IngotError';
    this.code = code;
    this.hint = options.hint;
  }
}

/** Messages quote names and keys of files that others wrote: a terminal must not obey what is in them. */
function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\n\t\P{Cc}]/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** What the operating system refuses, by its own codes; the rest is a defect of Ingot's. */
const refusals: { codes: string[]; code: ErrorCode; hint: string }[] = [
  {
    codes: ['ENOSPC', 'EDQUOT'],
    code: 'DISK_FULL',
    hint: 'free space or set INGOT_STORE to a larger file system, then run the same command again',
  },
  {
    codes: ['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'EIO'],
    code: 'PATH_UNUSABLE',
    hint: 'correct the path or its permissions, or choose another folder with --out or INGOT_STORE',
  },
  {
    codes: ['EMFILE', 'ENFILE'],
    code: 'LIMIT_REACHED',
    hint: 'allow more open files, as by ulimit -n 4096, then run the same command again',
  },
  {
    codes: ['ENOMEM', 'EAGAIN'],
    code: 'LIMIT_REACHED',
    hint: 'give the build more memory and processes, or stop other programs, then run the same command again',
  },
];

/** Wraps anything thrown; what the operating system refuses is recognised wherever it is met. */
export function toIngotError(error: unknown): IngotError {
  if (error instanceof IngotError) return error;
  // A stream that a signal cut says only that it was aborted; why is its cause.
  if ((error as Error)?.name === 'AbortError' && (error as Error).cause instanceof IngotError)
    return (error as Error).cause as IngotError;
  const { code: given, path, message, syscall } = error as NodeJS.ErrnoException;
  // A folder that can be neither made nor found, as in /proc.
  const code = given === 'ENOENT' && syscall === 'mkdir' ? 'ENOTDIR' : given;
  const refusal = refusals.find(({ codes }) => codes.includes(code ?? ''));
  if (refusal?.code === 'DISK_FULL')
    return new IngotError('DISK_FULL', `no space left on the file system of ${path ?? 'the store'}`, {
      hint: refusal.hint,
      cause: error,
    });
  if (refusal) return new IngotError(refusal.code, message, { hint: refusal.hint, cause: error });
  return new IngotError('INTERNAL', message ?? String(error), { cause: error });
}

/** The error with what was being done in front of its message; code, hint and cause stay. */
export function within(what: string, error: unknown): IngotError {
  const known = toIngotError(error);
  known.message = `${what}: ${known.message}`;
  return known;
}

export function exitStatus(error: IngotError): number {
  return errorCodes[error.code].exit;
}

/** The first names of a list and how many more there are: `a, b, c, d, e and 12 more`. */
export function shortList(names: string[], { shown = 5, separator = ', ' } = {}): string {
  const rest = names.length - shown;
  // One more takes no more room than to say so.
  if (rest <= 1) return names.join(separator);
  return `${names.slice(0, shown).join(separator)} and ${rest} more`;
}

/** The closest of `names` to a mistyped one, for a hint; undefined when none is near. */
export function nearest(typed: string, names: string[]): string | undefined {
  const ranked = names.map((name) => ({ name, d: distance(typed, name) })).sort((a, b) => a.d - b.d);
  return ranked[0] && ranked[0].d <= Math.max(2, typed.length / 3) ? ranked[0].name : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
