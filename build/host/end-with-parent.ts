/** How often the parent is looked at. */
const milliseconds = 500;

/**
 * Ends this process, by a signal that it may heed, when its parent has ended: a program that starts machines
 * must not go on when nobody waits for them. Node.js cannot ask the kernel for a signal then, so it looks.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, milliseconds);
  // It keeps nothing alive.
  look.unref();
}
