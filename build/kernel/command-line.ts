import { nearest } from '../model/errors.ts';
import type { Symbols } from './symbols.ts';
import { neededSymbols, refusedValues, userSpace } from './words.ts';

/** Parameters of a kernel's command line, each with the file that handles or documents it; `-` is `_`. */
export interface Parameters {
  early: { [name: string]: string };
  /** With the module's name in front. */
  modules: { [name: string]: string };
  documented: { [name: string]: string };
}

export interface WordVerdict {
  word: string;
  kind: 'known' | 'user-space' | 'unknown' | 'refused';
  met: boolean;
  /** Who takes it, or why nobody does. */
  why: string;
  near?: string;
}

/** Judges each word of a command line; by the names of the version, and by what the configuration has on. */
export function judgeWords(words: string[], parameters: Parameters, symbols: Symbols): WordVerdict[] {
  return words.map((word) => judgeWord(word, parameters, symbols));
}

function judgeWord(word: string, parameters: Parameters, symbols: Symbols): WordVerdict {
  const [written, value = ''] = splitWord(word);
  const name = written.replaceAll('-', '_');
  const { early, modules, documented } = parameters;
  const sysctl = name.startsWith('sysctl.') ? 'fs/proc/proc_sysctl.c' : undefined;
  const where = early[name] ?? modules[name] ?? documented[name] ?? sysctl;
  if (!where) {
    const program = userSpace.find(([pattern]) => pattern.test(written) || pattern.test(name))?.[1];
    if (program) return { word, kind: 'user-space', met: true, why: program };
    const near = nearest(name, Object.keys({ ...early, ...documented, ...modules }));
    const why = `neither the kernel nor a known program reads ${written}`;
    return { word, kind: 'unknown', met: false, why, ...(near ? { near } : {}) };
  }
  const refused = refusedValues.find(
    (one) => one.word === name && one.values.includes(value) && symbols.get(one.if)?.value === 'y',
  );
  if (refused) return { word, kind: 'refused', met: false, why: refused.why };
  const needed = neededSymbols[name];
  if (needed && !['y', 'm'].includes(symbols.get(needed)?.value ?? ''))
    return { word, kind: 'refused', met: false, why: `the kernel takes it only with CONFIG_${needed}` };
  return { word, kind: 'known', met: true, why: where };
}

function splitWord(word: string): [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}
