/**
 * The command, made to die with this process even by SIGKILL: the kernel is asked for a parent-death signal, and
 * then the parent is looked at once more, for it may have died just before the asking.
 */
export function tied(command: string[]): string[] {
  const unlessOrphaned = '[ "$PPID" = "$0" ] && exec "$@"';
  return [
    'setpriv',
    '--pdeathsig',
    'KILL',
    '--',
    'sh',
    '-c',
    unlessOrphaned,
    String(process.pid),
    ...command,
  ];
}
