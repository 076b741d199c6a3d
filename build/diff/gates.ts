import { IngotError } from '../model/errors.ts';
import type { Change, ChangeKind, ImageDiff } from './images.ts';
import { conditions, describeConditions } from './measured.ts';

/** One `--fail-on`: how far the second image may be from the first. */
export interface Gate {
  expression: string;
  metric: Metric;
  /** `+` forbids growth or what is added, `-` loss or what is removed; without a sign either is forbidden. */
  sign: '' | '+' | '-';
  limit: number;
  percent: boolean;
}

export interface Verdict {
  expression: string;
  ok: boolean;
  /** What was found: `start 1 by bios on usb (metal) under tcg: 8.6 tokens/s instead of 9.9 (-13.1%)`. */
  found: string;
}

/** What a gate may be about, and the units its limit may have besides `%`. */
const metrics = {
  size: { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 },
  packages: { '': 1 },
  units: { '': 1 },
  'kernel-options': { '': 1 },
  models: { '': 1 },
  files: { '': 1 },
  boot: { s: 1 },
  tokens: { '': 1, '/s': 1 },
} satisfies { [metric: string]: { [unit: string]: number } };
export type Metric = keyof typeof metrics;

/** Reads the expressions of `--fail-on`; all that are wrong are named at once. */
export function parseGates(expressions: string[]): Gate[] {
  const gates = expressions.map(parseGate);
  const wrong = expressions.filter((_, index) => !gates[index]);
  if (!wrong.length) return gates as Gate[];
  throw new IngotError('USAGE', `--fail-on ${wrong.join(', ')}: not a metric with a limit`, {
    hint: `<metric>=[+|-]<limit>: metric ${Object.keys(metrics).join(', ')}; limit as +5%, -10%, 0, +20MiB for size, +3s for boot, +10 for the others`,
  });
}

function parseGate(expression: string): Gate | undefined {
  const [, name, sign, digits, unit] =
    /^([a-z-]+)=([+-]?)(\d+(?:\.\d+)?)(%|[A-Za-z/]*)$/.exec(expression) ?? [];
  if (!name || !Object.hasOwn(metrics, name)) return undefined;
  const metric = name as Metric;
  const factor = unitFactor(metric, unit!, Number(digits));
  if (factor === undefined) return undefined;
  const limit = Number(digits) * factor;
  return { expression, metric, sign: sign as Gate['sign'], limit, percent: unit === '%' };
}

/** Undefined for a unit that the metric does not have. Nothing needs no unit. */
function unitFactor(metric: Metric, unit: string, value: number): number | undefined {
  const units: { [unit: string]: number } = metrics[metric];
  if (unit === '%' || (unit === '' && value === 0)) return 1;
  return Object.hasOwn(units, unit) ? units[unit] : undefined;
}

const lists: { [metric in Metric]?: ChangeKind } = {
  packages: 'packages',
  units: 'units',
  'kernel-options': 'kernelOptions',
  models: 'models',
  files: 'files',
};

/** Refuses a gate on something that was not measured: not to know is not to pass. */
export function assertMeasured(
  gates: Gate[],
  measured: ImageDiff['measured'],
  { artifacts, reports }: { artifacts: string[]; reports: string },
): void {
  const blind = gates.filter(
    ({ metric }) =>
      (metric === 'boot' && !measured.length) ||
      (metric === 'tokens' && !measured.some(({ tokens }) => tokens)),
  );
  if (!blind.length) return;
  const asked = blind.map(({ expression }) => expression).join(', ');
  throw new IngotError(
    'INPUT_INVALID',
    `--fail-on ${asked}: ${reports} has no test reports of these very files (${artifacts.join(' and ')}) under the same conditions: ${conditions.join(', ')}`,
    { hint: 'run ingot test <a> <b> and name its --out folder with --reports' },
  );
}

/** What each gate says of a comparison. */
export function judgeGates(gates: Gate[], diff: ImageDiff): Verdict[] {
  return gates.flatMap((gate) => {
    const list = lists[gate.metric];
    if (list) return [judgeList(gate, diff[list], diff.a.counts[list])];
    if (gate.metric === 'size') return [judgeValue(gate, { a: diff.a.size, b: diff.b.size }, 'bytes')];
    return diff.measured.flatMap((measured) => {
      const { boot, tokens } = measured;
      const [pair, unit] = gate.metric === 'boot' ? ([boot, 's'] as const) : ([tokens, 'tokens/s'] as const);
      if (!pair) return [];
      const verdict = judgeValue(gate, pair, unit);
      return [{ ...verdict, found: `${describeConditions(measured)}: ${verdict.found}` }];
    });
  });
}

function judgeList({ expression, sign, limit, percent }: Gate, changes: Change[], count: number): Verdict {
  const added = changes.filter(({ from }) => from === undefined).length;
  const removed = changes.filter(({ to }) => to === undefined).length;
  const counted = { '+': added, '-': removed, '': changes.length }[sign];
  const found = `${added} added, ${removed} removed, ${changes.length - added - removed} changed, of ${count}`;
  return { expression, ok: counted <= (percent ? (limit * count) / 100 : limit), found };
}

function judgeValue(
  { expression, sign, limit, percent }: Gate,
  { a, b }: { a: number; b: number },
  unit: string,
): Verdict {
  const change = { '+': b - a, '-': a - b, '': Math.abs(b - a) }[sign];
  const share = a ? ` (${b < a ? '' : '+'}${(((b - a) / a) * 100).toFixed(1)}%)` : '';
  const found = `${round(b)} ${unit} instead of ${round(a)}${share}`;
  return { expression, ok: change <= (percent ? (limit * a) / 100 : limit), found };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
