import { parseUnifiedKernel } from './unified-kernel.ts';

/** One way to start a kernel, as a boot loader's configuration or the kernel's own file has it. */
export interface BootEntry {
  /** The file, with the number of the entry where it has several: `boot/grub/grub.cfg#2`. */
  name: string;
  words: string[];
}

const texts = /\.(cfg|conf)$/;
/** Where systemd-boot looks for them. */
const unifiedKernels = /(^|[/:])EFI\/Linux\/[^/]+\.efi$/i;

/** Whether a file with this path may have entries. */
export function mayHaveBootEntries(path: string): boolean {
  return texts.test(path) || unifiedKernels.test(path);
}

/** Words given to kernels, by a file of GRUB's, isolinux's or systemd-boot's or by a unified kernel image. */
export function parseBootEntries(path: string, bytes: Buffer): BootEntry[] {
  const lines = unifiedKernels.test(path)
    ? parseUnifiedKernel(bytes, path).map((line) => line.split(/\s+/))
    : linesOf(String(bytes));
  const found = lines.map((words) => words.filter(Boolean)).filter((words) => words.length);
  return found.map((words, index) => ({ name: index ? `${path}#${index + 1}` : path, words }));
}

function linesOf(text: string): string[][] {
  const lines = text.matchAll(/^\s*(linux(?:16|efi)?|append|options)[ \t]+(.*)$/gim);
  return [...lines].map(([, verb, rest]) => {
    const words = rest!.trim().split(/\s+/);
    // A Type #1 entry names its kernel in a line of its own, GRUB in the same.
    return /^linux/i.test(verb!) ? words.slice(1) : words;
  });
}

/** Words that only one of two command lines has, repeated ones counted: `-quiet` and `+debug`. */
export function differingWords(from: string[], to: string[]): string[] {
  const without = (words: string[], others: string[]) => {
    const left = [...others];
    return words.filter((word) => {
      const at = left.indexOf(word);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return [...without(from, to).map((word) => `-${word}`), ...without(to, from).map((word) => `+${word}`)];
}
