import { formatBytes } from '../formats/text/size.ts';
import { validateGguf } from '../gguf/validate.ts';
import { exists, fileSize, hashFile } from '../host/fs/files.ts';
import { openModel } from '../host/fs/model-file.ts';
import { IngotError } from '../model/errors.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'model check',
  summary: 'checks that a file is a well-formed GGUF model and shows what is in it',
  arguments: [['<file>', 'path of a .gguf file']],
  options: [],
  examples: ['ingot model check /models/Qwen3-4B-Q4_K_M.gguf'],
  async run([file]) {
    if (!(await exists(file!))) throw new IngotError('MODEL_MISSING', `model ${file} does not exist`);
    const source = await openModel(file!);
    try {
      const summary = await validateGguf(source, `model ${file}`);
      const facts = { file, size: await fileSize(file!), sha256: await hashFile(file!), ...summary };
      const rows = Object.entries(facts).map(([key, value]) => `  ${key.padEnd(14)} ${value}`);
      return {
        text: [`${file}: well-formed GGUF, ${formatBytes(facts.size)}`, ...rows].join('\n'),
        json: facts,
      };
    } finally {
      await source.close();
    }
  },
};
