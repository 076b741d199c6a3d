/** The kernels that a line is for: from one version on, and before another; both may be absent. */
export interface VersionRange {
  from?: string;
  before?: string;
}

const version = '(\\d+\\.\\d+)';
const condition = new RegExp(`^(?:from ${version})?(?: ?\\bbefore ${version})?$`);

/** What `from 6.13`, `before 7.0` or `from 6.13 before 7.0` means; undefined when it is none of these. */
export function parseRange(text: string): VersionRange | undefined {
  const found = condition.exec(text);
  if (!found || !text) return undefined;
  const [, from, before] = found;
  if (from && before && compareVersions(from, before) >= 0) return undefined;
  return { ...(from ? { from } : {}), ...(before ? { before } : {}) };
}

export function isFor({ from, before }: VersionRange, kernel: string): boolean {
  return (!from || compareVersions(kernel, from) >= 0) && (!before || compareVersions(kernel, before) < 0);
}

/** Whether there can be a kernel that both are for. */
export function overlap(a: VersionRange, b: VersionRange): boolean {
  const apart = ({ before }: VersionRange, { from }: VersionRange) =>
    before !== undefined && from !== undefined && compareVersions(from, before) >= 0;
  return !apart(a, b) && !apart(b, a);
}

/** Negative, zero or positive, as `a` comes before, is or comes after `b`; `6.9` comes before `6.12`. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  return x[0]! - y[0]! || x[1]! - y[1]!;
}
