/**
 * How many times as long `one` takes as `other`, by the quickest of five runs of each, in turn: other
 * programs of the machine slow single runs of both. What both throw is not looked at.
 */
export function timesAsLong(one: () => unknown, other: () => unknown): number {
  const quickest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < 5; run++)
    for (const [index, work] of [one, other].entries())
      quickest[index] = Math.min(quickest[index]!, millisecondsOf(work));
  return quickest[0]! / quickest[1]!;
}

function millisecondsOf(work: () => unknown): number {
  const begun = performance.now();
  try {
    work();
  } catch {}
  return performance.now() - begun;
}
