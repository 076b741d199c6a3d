/** What a console or journal must not contain, and what each line means. */
const patterns: [meaning: string, pattern: RegExp][] = [
  ['kernel panic', /Kernel panic/],
  ['kernel oops', /\bOops:|\bBUG: |general protection fault|unable to handle (kernel|page)/],
  ['kernel warning', /WARNING: CPU: \d/],
  ['lockup or stall', /soft lockup|hard LOCKUP|self-detected stall|blocked for more than \d+ seconds/],
  ['emergency shell', /emergency mode|Give root password for maintenance|\(initramfs\)|Dropping to a shell/],
  ['unit failed', /Failed to start |Dependency failed for |Failed to mount /],
  ['ordering cycle', /[Oo]rdering cycle/],
  ['out of memory', /Out of memory: Killed|oom-kill:/],
  ['crash', /segfault at|trap invalid opcode|dumped core/],
  ['medium error', /I\/O error|SQUASHFS error|erofs.{0,200}(corrupt|error)|EXT4-fs error/],
  ['no root found', /Unable to find a (live file system|medium)/],
];

/** Lines of a log that tell of a failure, each with its meaning, in order; none is what a good boot has. */
export function scanLog(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) =>
      patterns.filter(([, p]) => p.test(line)).map(([meaning]) => `${meaning}: ${line.trim()}`),
    );
}
