import { formatBytes } from '../formats/text/size.ts';
import { freeBytes } from '../host/fs/free-space.ts';
import { openStore } from '../host/store/store.ts';
import { errorCodes } from '../model/errors.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import { buildTools, missingTools, testTools, verifyTools } from './_host.ts';
import type { Verb } from './_verb.ts';

/** A cold build of the default recipe writes about this much. */
const neededBytes = 6 * 1024 ** 3;

export const verb: Verb = {
  name: 'doctor',
  summary: 'tells whether this machine can build and test images, and what it lacks',
  arguments: [],
  options: [],
  examples: ['ingot doctor'],
  async run() {
    const store = await openStore();
    const missing = await missingTools({ ...buildTools, ...testTools, ...verifyTools });
    const canBoot = !missing.includes('qemu-system-x86_64');
    const accelerator = canBoot ? await probeAccelerator() : undefined;
    const free = await freeBytes(store.folder);
    const checks = [
      { name: 'root', ok: process.getuid?.() === 0, says: `uid ${process.getuid?.()}` },
      {
        name: 'programs',
        ok: !missing.length,
        says: missing.length ? `missing: ${missing.join(', ')}; npm run setup` : 'all there',
      },
      {
        name: 'accelerator',
        ok: canBoot,
        says: accelerator ? `${accelerator.kind}: ${accelerator.reason}` : 'no QEMU',
      },
      { name: 'store', ok: free >= neededBytes, says: `${store.folder}, ${formatBytes(free)} free` },
    ];
    const text = checks.map((c) => `${c.ok ? 'ok  ' : 'LACK'}  ${c.name.padEnd(12)} ${c.says}`).join('\n');
    return {
      text,
      json: checks,
      status: checks.every(({ ok }) => ok) ? 0 : errorCodes.HOST_TOOL_MISSING.exit,
    };
  },
};
