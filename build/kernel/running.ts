import { userSpace } from './words.ts';

/** Lines that were asked for and that a configuration does not have. */
export function missingLines(config: string, lines: string[]): string[] {
  const rows = new Set(config.split('\n'));
  return lines.filter((line) => {
    if (rows.has(line)) return false;
    // What cannot be turned on has no line at all, and no text either.
    const [, symbol] = /^(?:# )?CONFIG_(\w+)(?: is not set$|=""$)/.exec(line) ?? [];
    return !symbol || config.includes(`\nCONFIG_${symbol}=`) || config.startsWith(`CONFIG_${symbol}=`);
  });
}

/** Words that are not on the command line that a kernel was started with. */
export function missingWords(commandLine: string, words: string[]): string[] {
  const given = commandLine.trim().split(/\s+/);
  return words.filter((word) => !given.includes(word));
}

/**
 * Words that a kernel says it does not know, of which no program of user space is known to read them. Its
 * notice is `Unknown kernel command line parameters "a=b c", will be passed to user space.`
 */
export function unknownWords(log: string): string[] {
  const notices = log.matchAll(
    /Unknown kernel command line parameters "(.*)", will be passed to user space/g,
  );
  return [...notices]
    .flatMap(([, words]) => words!.split(/\s+/).filter(Boolean))
    .filter((word) => !userSpace.some(([pattern]) => pattern.test(word.split('=', 1)[0]!)));
}
