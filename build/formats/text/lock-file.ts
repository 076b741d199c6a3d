import type { KernelLock } from '../../model/kernel.ts';
import type { Lock } from '../../model/lock.ts';
import type { Json } from '../../model/types.ts';

/** Text of a lock: one line per package and per name asked for, so that a diff shows exactly what moved. */
export function renderLock(lock: Lock | KernelLock): string {
  return `${render(lock as unknown as Json, '')}\n`;
}

function render(value: Json, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value) && value.length)
    return `[\n${value.map((row) => `${deeper}${render(row, deeper)}`).join(',\n')}\n${indent}]`;
  // Only what holds a list is spread over lines.
  if (!value || typeof value !== 'object' || !Object.values(value).some(Array.isArray))
    return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([key, item]) => `${deeper}${JSON.stringify(key)}: ${render(item, deeper)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
