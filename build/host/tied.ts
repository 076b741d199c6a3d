/**
 * The command, made to die with this process even by SIGKILL: the kernel is asked for a parent-death signal, and
 * then the parent is looked at once more, for it may have died just before the asking. Where memory runs out, the
 * kernel ends the command first (proc_pid_oom_score_adj(5)), so that Ingot is left to tell what happened.
 */
export function tied(command: string[]): string[] {
  const unlessOrphaned = '[ "$PPID" = "$0" ] && echo 1000 > /proc/self/oom_score_adj && exec "$@"';
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
