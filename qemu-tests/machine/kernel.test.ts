import { expect, test } from 'vitest';
import { missingLines, missingWords, unknownWords } from '../../build/kernel/running.ts';
import { record, session, useGuest } from '../guest.ts';

const vm = useGuest();
const { commandLine = [], kernel } = session.record;

test('the kernel was started with every word of the command line, and knows each', async () => {
  expect(missingWords(await vm.guest.succeed('cat /proc/cmdline'), commandLine)).toEqual([]);
  const log = await vm.guest.succeed('journalctl --boot --dmesg --output=cat --no-pager');
  expect(log).toContain('Linux version');
  expect(unknownWords(log)).toEqual([]);
});

if (kernel)
  test('the kernel runs that was asked for, with every line of its configuration', async (context) => {
    expect((await vm.guest.succeed('uname -r')).trim()).toBe(kernel.release);
    const resolved = await vm.guest.succeed(`cat /boot/config-${kernel.release}`);
    // The running kernel's own word, where it keeps its configuration.
    const running = await vm.guest.succeed('[ ! -e /proc/config.gz ] || zcat /proc/config.gz');
    record(context, {
      kernel: kernel.release,
      kernelLines: kernel.lines.length,
      kernelProof: running ? '/proc/config.gz' : `/boot/config-${kernel.release}`,
    });
    if (running) expect(running === resolved).toBe(true);
    expect(missingLines(running || resolved, kernel.lines)).toEqual([]);
    expect((await vm.guest.succeed(`dpkg --verify linux-image-${kernel.release}`)).trim()).toBe('');
  });
