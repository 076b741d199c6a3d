import type { Lock } from '../model/types.ts';

/** Text of a lock: one line per package, so that a diff shows exactly what moved. */
export function renderLock(lock: Lock): string {
  const lines = Object.entries(lock).map(([key, value]) => {
    const rows = Array.isArray(value) ? value : undefined;
    const text = rows?.length
      ? `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}
