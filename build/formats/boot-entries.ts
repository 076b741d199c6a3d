/** One way to start a kernel, as a boot loader's configuration has it. */
export interface BootEntry {
  /** File of the configuration, with the number of the entry where it has several: `boot/grub/grub.cfg#2`. */
  name: string;
  words: string[];
}

/** Words given to kernels in a file of GRUB's, isolinux's or systemd-boot's. */
export function parseBootEntries(path: string, text: string): BootEntry[] {
  const lines = text.matchAll(/^\s*(linux(?:16|efi)?|append|options)[ \t]+(.*)$/gim);
  const found = [...lines]
    .map(([, verb, rest]) => {
      const words = rest!.trim().split(/\s+/);
      // A Type #1 entry names its kernel in a line of its own, GRUB in the same.
      return /^linux/i.test(verb!) ? words.slice(1) : words;
    })
    .filter((words) => words.length);
  return found.map((words, index) => ({ name: index ? `${path}#${index + 1}` : path, words }));
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
