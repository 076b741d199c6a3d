/** A line of a journal. */
export interface JournalEntry {
  /** Seconds since the machine was switched on. */
  seconds: number;
  identifier: string;
  message: string;
}

/** What a machine said about itself when it had settled. */
export interface SelfReport {
  state: string;
  /** Units that failed, a line each. */
  failed: string[];
  /** How often systemd started a unit again, for each that it did so with. */
  restarts: { [unit: string]: number };
  /** Global IPv4 addresses by card. */
  addresses: { [card: string]: string };
  /** Its time, in UTC. */
  clock: string;
  /** What the model's server answered; empty where it was not asked. */
  answer: string;
  journal: JournalEntry[];
}

/** Reads what self-report.sh wrote; throws for a report that is not whole. */
export function parseSelfReport(text: string): SelfReport {
  const parts = new Map(
    text
      .split(/^== /m)
      .slice(1)
      .map((part) => {
        const [name, ...lines] = part.split('\n');
        return [name!.trim(), lines.filter((line) => line.trim())] as const;
      }),
  );
  if (!parts.has('end')) throw new Error(`the machine's report has no end: ${text.slice(-500)}`);
  const of = (name: string) => parts.get(name) ?? [];
  return {
    state: of('state').join('\n').trim(),
    failed: of('failed'),
    restarts: restartsOf(of('restarts')),
    addresses: Object.fromEntries(
      of('addresses').flatMap((line) => {
        const [, card, address] = /^\d+: (\S+)\s+inet (\S+)/.exec(line) ?? [];
        return card && address ? [[card, address]] : [];
      }),
    ),
    clock: of('clock').join('').trim(),
    answer: of('answer').join('\n'),
    journal: of('journal').map(parseEntry),
  };
}

/** Units that systemd started again, from `Id=` and `NRestarts=` of each, in whatever order. */
export function restartsOf(lines: string[]): { [unit: string]: number } {
  const restarts: { [unit: string]: number } = {};
  let [unit, count] = ['', ''];
  for (const line of lines) {
    const [, name, value] = /^(Id|NRestarts)=(.*)$/.exec(line) ?? [];
    if (name === 'Id') unit = value!;
    if (name === 'NRestarts') count = value!;
    if (!unit || !count) continue;
    if (Number(count) > 0) restarts[unit] = Number(count);
    [unit, count] = ['', ''];
  }
  return restarts;
}

/** A line of `journalctl --output=json`. */
export function parseEntry(line: string): JournalEntry {
  const { MESSAGE, SYSLOG_IDENTIFIER, __MONOTONIC_TIMESTAMP } = JSON.parse(line);
  // What is not UTF-8 is a list of bytes.
  const message = Array.isArray(MESSAGE) ? Buffer.from(MESSAGE).toString('latin1') : String(MESSAGE ?? '');
  return {
    seconds: Number(__MONOTONIC_TIMESTAMP) / 1e6,
    identifier: String(SYSLOG_IDENTIFIER ?? ''),
    message,
  };
}
