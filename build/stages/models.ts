import { join } from 'node:path';
import { sha256, uuidFrom } from '../formats/text/canonical-json.ts';
import type { GgufSummary } from '../gguf/validate.ts';
import { move } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import { linkFile } from '../host/store/store.ts';
import type { LockedModel } from '../model/lock.ts';
import type { StageContext } from './context.ts';
import { assertGguf } from './model-source.ts';
import { obtainModel } from './obtain-model.ts';
import { writeDigest } from './stage-output.ts';

/**
 * All models in one read-only file system of their own: uncompressed and page-aligned, so that weights are
 * mapped straight from it, and shared by every target.
 */
export async function modelsStage(context: StageContext): Promise<void> {
  const { inputs, output, scratch, options, log, sourceDateEpoch } = context;
  const models = options.models as unknown as LockedModel[];
  await makeFolder(join(scratch, 'models'));
  const headers: { [name: string]: GgufSummary } = {};
  for (const model of models) {
    const path = await obtainModel(model, context);
    headers[model.name] = await assertGguf(model, path);
    await linkFile(path, join(scratch, 'models', `${model.name}.gguf`));
  }
  // By content alone: the same model from another folder gives the same image.
  const uuid = uuidFrom(sha256(models.map(({ name, sha256: content }) => [name, content])));
  await runInside(
    { tools: inputs.tools!, work: scratch, sourceDateEpoch },
    [
      'mkfs.erofs',
      '-b4096',
      '-T',
      String(sourceDateEpoch),
      '-U',
      uuid,
      '-L',
      'ingot-models',
      '--all-root',
      'models.erofs',
      'models',
    ],
    { log },
  );
  await move(join(scratch, 'models.erofs'), join(output, 'models.erofs'));
  await writeFiles(output, { 'headers.json': JSON.stringify(headers) });
  await writeDigest(join(output, 'models.erofs'));
}
