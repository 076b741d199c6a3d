import { expect, it } from 'vitest';
import { timesAsLong } from '../testdata/times-as-long.ts';
import { scanLog } from './log-patterns.ts';

it.each([
  [
    'kernel panic',
    '[    2.1] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
  ],
  ['kernel oops', '[   12.3] Oops: Oops: 0000 [#1] SMP NOPTI'],
  ['kernel oops', '[   12.3] BUG: kernel NULL pointer dereference, address: 0000000000000000'],
  ['kernel oops', '[   12.3] traps: general protection fault, maybe for address 0x0'],
  ['kernel oops', '[   12.3] unable to handle page fault for address: ffffc90000000000'],
  ['kernel warning', '[    5.0] WARNING: CPU: 1 PID: 77 at fs/inode.c:417 drop_nlink+0x41/0x50'],
  ['lockup or stall', '[   60.0] watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [swapper/0:1]'],
  ['lockup or stall', '[   60.0] rcu: INFO: rcu_preempt self-detected stall on CPU'],
  ['lockup or stall', '[  242.0] INFO: task mount:312 blocked for more than 120 seconds.'],
  ['emergency shell', 'You are in emergency mode. After logging in, type "journalctl -xb" to view'],
  ['emergency shell', 'Give root password for maintenance'],
  ['emergency shell', '(initramfs) '],
  ['emergency shell', 'ALERT!  UUID=x does not exist.  Dropping to a shell!'],
  ['unit failed', '[FAILED] Failed to start llama-server.service - llama.cpp server.'],
  ['unit failed', '[DEPEND] Dependency failed for local-fs.target - Local File Systems.'],
  ['unit failed', '[FAILED] Failed to mount usr-share-ai-models.mount - Models.'],
  ['ordering cycle', 'systemd[1]: sysinit.target: Found ordering cycle on a.service/start'],
  ['out of memory', '[  99.9] Out of memory: Killed process 412 (llama-server) total-vm:4194304kB'],
  ['out of memory', '[  99.9] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null)'],
  ['crash', '[   30.0] llama-server[412]: segfault at 0 ip 00007f sp 00007ffd error 4'],
  ['crash', '[   30.0] traps: llama-server[412] trap invalid opcode ip:7f sp:7ffd error:0'],
  ['crash', 'systemd-coredump[500]: Process 412 (llama-server) of user 980 dumped core.'],
  ['medium error', '[   10.0] I/O error, dev sda, sector 2048 op 0x0:(READ) flags 0x0'],
  ['medium error', '[   10.0] SQUASHFS error: Unable to read page, block 1234, size 5678'],
  ['medium error', '[   10.0] erofs (device loop1): corrupted compressed data'],
  ['medium error', '[   10.0] EXT4-fs error (device sda2): ext4_lookup:1785: inode #2'],
  ['no root found', 'Unable to find a live file system on the network'],
  ['no root found', 'Unable to find a medium containing a live file system'],
])('finds a %s in "%s"', (meaning, line) => {
  const found = scanLog(`[    1.0] Linux version 6.17.8\n${line}\r\n[   99.0] after it\n`);
  expect(found).toContain(`${meaning}: ${line.trim()}`);
  expect(found.every((entry) => entry.endsWith(line.trim()))).toBe(true);
});

// Lines of good boots that use the same words.
it.each([
  '[    0.0] Command line: BOOT_IMAGE=/live/vmlinuz boot=live console=ttyS0,115200 panic=10',
  '[    0.5] ACPI: Early table checksum verification disabled',
  '[    1.2] squashfs: version 4.0 (2009/01/31) Phillip Lougher',
  '[    3.0] erofs (device loop1): mounted with root inode @ nid 36.',
  'systemd[1]: Starting emergency.target is not needed',
  '[  OK  ] Started systemd-oomd.service - Userspace Out-Of-Memory (OOM) Killer.',
  '[    4.0] systemd[1]: Listening on systemd-coredump.socket - Process Core Dump Socket.',
  '[    0.2] Spectre V1 : Mitigation: usercopy/swapgs barriers and __user pointer sanitization',
  '[    0.9] WARNING: this is a shared host',
  'kernel: Kernel command line: quiet oops=panic',
  'Debian GNU/Linux forky/sid nanite ttyS0',
])('calls "%s" no failure', (line) => {
  expect(scanLog(line)).toEqual([]);
});

it('reads a line in a time that grows with its length and not its square, whatever is repeated in it', () => {
  const [long, short] = [20, 5].map((thousand) => 'erofs'.repeat(thousand * 1000)) as [string, string];
  expect(scanLog(long)).toEqual([]);
  // About 4; 16 where it grows with the square.
  const asLong = timesAsLong(
    () => scanLog(long),
    () => scanLog(short),
  );
  expect(asLong).toBeLessThan(8);
});

it('keeps the order in which things went wrong', () => {
  const text = 'segfault at 0\nfine\nKernel panic\n';
  expect(scanLog(text)).toEqual(['crash: segfault at 0', 'kernel panic: Kernel panic']);
});
