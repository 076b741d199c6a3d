/**
 * A long text with its middle left out: what happened is mostly told at the start, and how it ended at the
 * end.
 */
export function excerpt(text: string, kept = { start: 2000, end: 2000 }): string {
  const omitted = text.length - kept.start - kept.end;
  if (omitted <= 0) return text;
  const [start, end] = [text.slice(0, kept.start), text.slice(-kept.end)];
  return `${start}\n… ${omitted} characters left out …\n${end}`;
}

/** The same by lines, for the output of a program. */
export function excerptLines(text: string, kept = { start: 5, end: 20 }): string {
  const lines = text.split('\n');
  const omitted = lines.length - kept.start - kept.end;
  if (omitted <= 0) return text;
  const note = `… ${omitted} ${omitted === 1 ? 'line' : 'lines'} left out …`;
  return [...lines.slice(0, kept.start), note, ...lines.slice(-kept.end)].join('\n');
}
