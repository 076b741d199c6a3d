import { pathToFileURL } from 'node:url';
import { randomFrom } from '../formats/text/random.ts';
import { type FuzzInput, type FuzzTarget, judge } from './judge.ts';
import { shrink } from './shrink.ts';

/** What the supervisor asks for: inputs `from` to `to`, as many as begin within the time. */
export interface Request {
  target: string;
  seed: string;
  from: number;
  to: number;
  budgetMilliseconds: number;
}

export interface Answer {
  /** The first input that was not tried. */
  next: number;
  accepted: number;
  /** Counts by error code. */
  refused: { [code: string]: number };
  slowest: { index: number; milliseconds: number };
  /** Largest resident size of this process so far. */
  peakBytes: number;
  /** The last input tried, when it showed a defect; made smaller. */
  finding?: { reason: string; input: string };
}

/** The input that seed, target and number stand for. */
export function inputOf(target: FuzzTarget, seed: string, index: number): FuzzInput {
  return target.input(randomFrom(`${seed} ${target.name} ${index}`));
}

async function answer(targets: FuzzTarget[], request: Request): Promise<Answer> {
  const target = targets.find(({ name }) => name === request.target)!;
  const started = performance.now();
  const refused: Answer['refused'] = {};
  const slowest = { index: request.from, milliseconds: 0 };
  let [accepted, next] = [0, request.from];
  let finding: Answer['finding'];
  do {
    const input = inputOf(target, request.seed, next);
    const before = [performance.now(), cpuMilliseconds()] as const;
    const judgement = await judge(target, input);
    // The lesser of both: a busy machine adds to the time that passes, the garbage collector's threads to the
    // other.
    const milliseconds = Math.min(performance.now() - before[0], cpuMilliseconds() - before[1]);
    if (milliseconds > slowest.milliseconds) Object.assign(slowest, { index: next, milliseconds });
    if ('accepted' in judgement) accepted += 1;
    else if ('refused' in judgement) refused[judgement.refused] = (refused[judgement.refused] ?? 0) + 1;
    else finding = { reason: judgement.finding, input: await smallest(target, input) };
    next += 1;
  } while (!finding && next < request.to && performance.now() - started < request.budgetMilliseconds);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return { next, accepted, refused, slowest, peakBytes, finding };
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Base64 of the smallest input found that is still a finding. */
async function smallest(target: FuzzTarget, input: FuzzInput): Promise<string> {
  const found = await shrink(input, async (smaller) => 'finding' in (await judge(target, smaller)));
  return Buffer.from(found as string).toString('base64');
}

// Only as a process of its own, which may be killed, is a parser that never returns no harm to the one who
// asks.
if (process.send && process.argv[2]) {
  const { targets } = (await import(pathToFileURL(process.argv[2]).href)) as { targets: FuzzTarget[] };
  process.on('message', (request: Request) => {
    answer(targets, request).then((result) => process.send!(result));
  });
  process.send('ready');
}
