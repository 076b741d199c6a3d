import { formatBytes, formatDuration } from '../formats/text/size.ts';

export interface Progress {
  /** Reports the start of a step and returns what to call at its end. */
  begin(step: string, detail?: string): (outcome?: string) => void;
  /** Bytes done so far of a long transfer. */
  bytes(step: string, done: number, total: number): void;
  note(text: string): void;
  /** Facts for programs; people are not shown them. */
  data(event: string, value: unknown): void;
}

/**
 * Progress on standard error: lines for people, or one JSON object per line. Results alone go to standard
 * output.
 */
export function createProgress(options: { json: boolean }): Progress {
  const line = (text: string) => process.stderr.write(`${text}\n`);
  const event = (value: object) => line(JSON.stringify(value));
  const shown = new Map<string, number>();
  return {
    begin(step, detail) {
      const started = Date.now();
      if (options.json) event({ event: 'begin', step, detail });
      else line(`  ${step.padEnd(16)} ${detail ?? ''}`.trimEnd());
      return (outcome = 'done') => {
        const milliseconds = Date.now() - started;
        if (options.json) event({ event: 'end', step, outcome, milliseconds });
        else line(`  ${step.padEnd(16)} ${outcome}, ${formatDuration(milliseconds)}`);
      };
    },
    bytes(step, done, total) {
      const tenth = total ? Math.floor((done / total) * 10) : 0;
      if (shown.get(step) === tenth) return;
      shown.set(step, tenth);
      if (options.json) event({ event: 'bytes', step, done, total });
      else line(`  ${step.padEnd(16)} ${formatBytes(done)} of ${formatBytes(total)}`);
    },
    note(text) {
      if (options.json) event({ event: 'note', text });
      else line(`  ${text}`);
    },
    data(name, value) {
      if (options.json) event({ event: name, value });
    },
  };
}
