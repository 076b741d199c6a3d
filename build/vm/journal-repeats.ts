import type { JournalEntry } from './self-report.ts';

/** So often a line may come after the boot: more is something that goes on for ever. */
const mostTimes = 2;

/**
 * Lines that a journal repeats once the system is up, each with its number. Numbers in a line do not make it
 * another one, because counters, times and process ids differ each time.
 */
export function repeatedLines(journal: JournalEntry[]): string[] {
  const up = upAfter(journal);
  const counts = new Map<string, number>();
  for (const { seconds, identifier, message } of journal) {
    if (up === undefined || seconds <= up) continue;
    const line = `${identifier}: ${message.split('\n')[0]!.replaceAll(/\b(0x)?[0-9a-f]*\d[0-9a-f]*\b/gi, '#')}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > mostTimes)
    .map(([line, count]) => `${count} times ${line}`);
}

/**
 * What a journal says before a service of the running system is stopped: tests do so on purpose, and what
 * comes then tells of them.
 */
export function beforeStops(journal: JournalEntry[]): JournalEntry[] {
  // In the initramfs, services are stopped at every start.
  const up = upAfter(journal) ?? Number.POSITIVE_INFINITY;
  const stopped = journal.findIndex(
    ({ seconds, identifier, message }) =>
      seconds > up && identifier === 'systemd' && /^Stopping \S+\.service/.test(message),
  );
  return stopped < 0 ? journal : journal.slice(0, stopped);
}

/** Seconds from power-on until the system said that it is up; undefined when it never did. */
export function upAfter(journal: JournalEntry[]): number | undefined {
  // The manager of a user says the same, without its userspace.
  const says = /^Startup finished in .*\(userspace\)/;
  return journal.find(({ identifier, message }) => identifier === 'systemd' && says.test(message))?.seconds;
}
