import { exists } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import type { LockedModel } from '../model/lock.ts';
import type { StageContext } from './context.ts';
import { assertGguf } from './model-source.ts';
import { obtainModel } from './obtain-model.ts';
import { assertRole, assertServable, type Wanted } from './try-model.ts';

/**
 * Refuses a model that the image's llama.cpp cannot load, or that cannot do what the recipe wants of it,
 * before anything is made of it. It leaves what the model can be served for.
 */
export async function servableStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch, progress } = context;
  const model = options.model as unknown as LockedModel;
  const known = store.file(model.sha256);
  // Its header alone is looked at; all of it is hashed when it goes into the image.
  const path = (await exists(known)) ? known : await obtainModel(model, context);
  const what = `model ${model.name} (${model.source})`;
  const header = await assertGguf(model, path);
  const sandbox = { tools: inputs.tools!, work: scratch, sourceDateEpoch };
  const servable = await assertServable({ what, path, header }, sandbox, log);
  if (options.wanted) assertRole(what, servable, options.wanted as unknown as Wanted);
  for (const remark of servable.remarks) progress.note(`${what}: ${remark}`);
  await writeFiles(output, { 'servable.json': JSON.stringify(servable) });
}
