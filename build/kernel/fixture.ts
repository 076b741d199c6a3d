import { type Fragment, parseFragment } from './fragment.ts';
import type { Expression, KernelSymbol, Symbols } from './symbols.ts';
import { judgeLines, type Verdict } from './verdict.ts';

/** A condition of symbols that are all needed; one with `!` must be off. */
export function needs(...names: string[]): Expression {
  const each = names.map(
    (name): Expression => (name.startsWith('!') ? { not: { symbol: name.slice(1) } } : { symbol: name }),
  );
  return each.reduce((left, right) => ({ and: [left, right] }));
}

/** A symbol of a small Kconfig; on a person's word alone unless `given` says otherwise. */
export function symbol(name: string, given: Partial<KernelSymbol> = {}): KernelSymbol {
  return {
    name,
    type: 'bool',
    value: 'n',
    visible: 'y',
    prompts: [{ text: name.toLowerCase().replaceAll('_', ' ') }],
    defaults: [],
    ranges: [],
    ...given,
  };
}

export function symbolsOf(...all: KernelSymbol[]): Symbols {
  return new Map(all.map((one) => [one.name, one]));
}

/** A fragment of lines without their prefix, each with a reason: `XFS_FS=y`. */
export function fragment(name: string, ...lines: string[]): Fragment {
  const text = lines.map((line) => `# It is wanted.\nCONFIG_${line}\n`).join('');
  return parseFragment(text, { name, file: `kernel/${name}.config` });
}

/** The verdict on one line. */
export function judged(
  line: string,
  after: Symbols,
  more: { before?: Symbols; kernel?: string } = {},
): Verdict {
  const { before = after, kernel = '7.2' } = more;
  const names = new Map([['ARM64_VHE', ['arch/arm64/Kconfig']]]);
  return judgeLines(fragment('sample', line).lines, { kernel, before, after, names })[0]!;
}
