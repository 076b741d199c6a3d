import { formatBytes } from '../formats/text/size.ts';
import { freeBytes, freeFiles } from '../host/fs/free-space.ts';
import { openFilesLimit } from '../host/open-files.ts';
import { trySandbox } from '../host/probe/sandbox.ts';
import { tryStore } from '../host/probe/store.ts';
import { openStore } from '../host/store/store.ts';
import { errorCodes, IngotError, toIngotError } from '../model/errors.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import { buildTools, requireRoot, requireTools, testTools, verifyTools } from './_host.ts';
import type { Verb } from './_verb.ts';

/** A cold build of the default recipe writes about this much. */
const neededBytes = 6 * 1024 ** 3;
const neededFiles = 200_000;
const neededOpenFiles = 1024;

/** What is looked at, and what it says when all is well; an error says what is lacking and the remedy. */
const looks: { [name: string]: () => Promise<string> } = {
  // With an older one nothing comes as far as here.
  node: async () => `Node.js ${process.versions.node}`,
  async root() {
    requireRoot();
    return `uid ${process.getuid?.()}`;
  },
  async programs() {
    await requireTools({ ...buildTools, ...testTools, ...verifyTools });
    return 'all there';
  },
  async 'open files'() {
    const limit = await openFilesLimit();
    if (limit < neededOpenFiles)
      throw new IngotError('LIMIT_REACHED', `only ${limit} are allowed`, { hint: 'ulimit -n 4096' });
    return `${limit} are allowed`;
  },
  async store() {
    const store = await openStore();
    const [bytes, files] = [await freeBytes(store.folder), await freeFiles(store.folder)];
    const free = `${store.folder}, ${formatBytes(bytes)} free`;
    const hint = 'free space or set INGOT_STORE to a larger file system';
    if (bytes < neededBytes)
      throw new IngotError('DISK_FULL', `${free}, a build takes ${formatBytes(neededBytes)}`, { hint });
    if (files < neededFiles)
      throw new IngotError('DISK_FULL', `${free}, but only ${files} further files are possible`, { hint });
    // What others may not do says nothing about root.
    if (process.getuid?.() === 0) await tryStore(store);
    return free;
  },
  async sandbox() {
    requireRoot();
    await trySandbox(await openStore());
    return 'root may make namespaces, mount and change the root';
  },
  async accelerator() {
    await requireTools({ 'qemu-system-x86_64': testTools['qemu-system-x86_64'] });
    const { kind, reason } = await probeAccelerator();
    return `${kind}: ${reason}`;
  },
};

export const verb: Verb = {
  name: 'doctor',
  summary: 'tries whether this machine can build and test images, and tells what it lacks and the remedy',
  arguments: [],
  options: [],
  examples: ['ingot doctor'],
  async run() {
    const checks: Check[] = [];
    for (const [name, look] of Object.entries(looks)) checks.push(await checkOf(name, look));
    return {
      text: checks.map(describe).join('\n'),
      json: checks,
      status: checks.every(({ ok }) => ok) ? 0 : errorCodes.HOST_TOOL_MISSING.exit,
    };
  },
};

interface Check {
  name: string;
  ok: boolean;
  says: string;
  remedy?: string;
}

async function checkOf(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, says: await look() };
  } catch (error) {
    const { message, hint } = toIngotError(error);
    return { name, ok: false, says: message, remedy: hint };
  }
}

function describe({ name, ok, says, remedy }: Check): string {
  const line = `${ok ? 'ok  ' : 'LACK'}  ${name.padEnd(12)} ${says}`;
  return remedy ? `${line}\n${' '.repeat(19)}try: ${remedy}` : line;
}
