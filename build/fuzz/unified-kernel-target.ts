import { parseUnifiedKernel } from '../formats/boot/unified-kernel.ts';
import { peFile, peHeader, sectionAt } from '../formats/boot/unified-kernel-fixture.ts';
import { type FuzzTarget, Violation } from './judge.ts';
import { type ByteSeed, mutateBytes } from './mutate-bytes.ts';

const sections: [name: string, content: string][][] = [
  [
    ['.text', 'code'],
    ['.cmdline', 'root=LABEL=root rw quiet'],
  ],
  [
    ['.cmdline', 'root=LABEL=Wurzel-für-alle'],
    ['.linux', 'kernel'],
    ['.profile', 'ID=rescue'],
    ['.cmdline', 'rescue'],
  ],
];
const seeds = sections.map((list): ByteSeed => {
  const bounds = list.flatMap((_, index) => [8, 16, 20].map((at) => sectionAt(index) + at));
  const offsets = [60, peHeader + 6, peHeader + 20, ...bounds];
  return { bytes: peFile(list), fields: offsets.map((offset) => ({ offset, width: 4 as const })) };
});

export const unifiedKernel: FuzzTarget = {
  name: 'unified-kernel',
  input: (random) => mutateBytes(random, seeds),
  check(input) {
    const bytes = input as Buffer;
    for (const line of parseUnifiedKernel(bytes, 'x')) {
      if (line.includes('\0')) throw new Violation('a command line with NUL');
      // What is no UTF-8 cannot be looked for.
      if (!line.includes('\ufffd') && !bytes.includes(line)) throw new Violation(`not in the file: ${line}`);
    }
  },
  refuses: { code: 'INPUT_INVALID', message: /^unified kernel image x: / },
};
