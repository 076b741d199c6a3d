import { resolve } from 'node:path';
import { formatBytes } from '../formats/text/size.ts';
import { remarksOf, type Servable } from '../gguf/servable.ts';
import { exists, fileSize, hashFile } from '../host/fs/files.ts';
import { trySandbox } from '../host/probe/sandbox.ts';
import { lastStageWith } from '../host/store/last-stage.ts';
import { openStore, withTemporary } from '../host/store/store.ts';
import { IngotError, toIngotError } from '../model/errors.ts';
import { modelRoles } from '../model/models.ts';
import { partName, partsOf } from '../model/parts.ts';
import { assertWhole, readGguf } from '../stages/model-source.ts';
import { assertRole, assertServable, type ModelFile } from '../stages/try-model.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'model check',
  summary: 'checks whether a GGUF model can be served, and shows what is in it',
  arguments: [['<file>', 'path of a .gguf file']],
  options: [
    {
      flags: '--role <role>',
      description: `what it is to be served for: ${modelRoles.join(', ')}`,
      default: 'chat',
    },
  ],
  examples: [
    'ingot model check /models/Qwen3-4B-Q4_K_M.gguf',
    'ingot model check /models/bge-small-en.gguf --role embed',
  ],
  async run([file], options) {
    const role = modelRoles.find((name) => name === options.role);
    if (!role)
      throw new IngotError('USAGE', `--role ${options.role} is nothing that a model is served for`, {
        hint: `it is one of ${modelRoles.join(', ')}`,
      });
    if (!(await exists(file!))) throw new IngotError('MODEL_MISSING', `model ${file} does not exist`);
    const files = await filesOf(file!);
    const { header } = files[0]!;
    const [sha256, found] = await Promise.all([hashFile(file!), tryToServe(file!, files)]);
    if ('role' in found)
      assertRole(`model ${file}`, found, {
        role,
        by: '--role',
        hint: `ingot model check ${file} --role ${found.role}`,
      });
    const facts = {
      file,
      size: await fileSize(file!),
      sha256,
      ...(files.length > 1 ? { parts: files.length } : {}),
      ...header,
      ...found,
    };
    const rows = Object.entries(facts).flatMap(([key, value]) =>
      value === undefined || Array.isArray(value) ? [] : [`  ${key.padEnd(14)} ${value}`],
    );
    const remarks = found.remarks.map((remark) => `  remark         ${remark}`);
    return {
      text: [`${file}: ${sayOf(found)}, ${formatBytes(facts.size)}`, ...rows, ...remarks].join('\n'),
      json: facts,
    };
  },
};

/** The file, or all parts of the model whose first it is. */
async function filesOf(file: string): Promise<ModelFile[]> {
  const parts = partsOf({ name: 'model', source: file });
  return Promise.all(
    parts.map(async ({ name, source }) => {
      if (!(await exists(source)))
        throw new IngotError('MODEL_MISSING', `model ${file}: its part ${source} does not exist`);
      const header = await readGguf(source, `model ${source}`, partName(name));
      return { name, path: resolve(source), header };
    }),
  );
}

type Found = Servable | { notChecked: string; remarks: string[] };

/** Asks the llama.cpp of the tools tree, where there is one and it can be run; else says what is unknown. */
async function tryToServe(file: string, files: ModelFile[]): Promise<Found> {
  const what = `model ${file}`;
  const { header } = files[0]!;
  const unknown = (why: string): Found => {
    assertWhole(what, header);
    return { notChecked: `whether llama.cpp can serve it: ${why}`, remarks: remarksOf(header) };
  };
  if (process.getuid?.() !== 0) return unknown('that needs root');
  const store = await openStore();
  const tools = await lastStageWith(store, 'usr/bin/llama-completion');
  if (!tools) return unknown('the store has no tools yet; ingot build makes them, and looks at its models');
  try {
    return await withTemporary(store, (work) =>
      assertServable(what, files, { tools, work, sourceDateEpoch: 1 }),
    );
  } catch (error) {
    if (toIngotError(error).code !== 'COMMAND_FAILED') throw error;
    // As in a container that lets root do less: then it says so, and what it looked at holds all the same.
    const refused = await trySandbox(store).catch(toIngotError);
    if (refused?.code !== 'NO_SANDBOX') throw error;
    return unknown(refused.message);
  }
}

function sayOf(found: Found): string {
  return 'role' in found ? `llama.cpp can serve it for ${found.role}` : 'a well-formed GGUF';
}
