import { exists } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { IngotError } from '../model/errors.ts';
import type { LockedModel } from '../model/lock.ts';
import type { StageContext } from './context.ts';
import { assertGguf } from './model-source.ts';
import { obtainModel } from './obtain-model.ts';
import { assertRole, assertServable, type ModelFile, type Wanted } from './try-model.ts';

/**
 * Refuses a model that the image's llama.cpp cannot load, or that cannot do what the recipe wants of it,
 * before anything is made of it. It leaves what the model can be served for.
 */
export async function servableStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, log, sourceDateEpoch, progress } = context;
  const model = options.model as unknown as LockedModel;
  const further = (options.further ?? []) as unknown as LockedModel[];
  const files: ModelFile[] = [];
  for (const part of [model, ...further]) files.push(await headerOf(part, context));
  const what = `model ${model.name} (${model.source})`;
  if (further.length) assertOneModel(what, files);
  const sandbox = { tools: inputs.tools!, work: scratch, sourceDateEpoch };
  const servable = await assertServable(what, files, sandbox, log);
  if (options.wanted) assertRole(what, servable, options.wanted as unknown as Wanted);
  for (const remark of servable.remarks) progress.note(`${what}: ${remark}`);
  await writeFiles(output, { 'servable.json': JSON.stringify(servable) });
}

/** Its header alone is looked at; all of it is hashed when it goes into the image. */
async function headerOf(model: LockedModel, context: StageContext): Promise<ModelFile> {
  const known = context.store.file(model.sha256);
  const path = (await exists(known)) ? known : await obtainModel(model, context);
  return { name: model.name, path, header: await assertGguf(model, path) };
}

/** Refuses parts that were not made of one model. */
function assertOneModel(what: string, files: ModelFile[]): void {
  const [first] = files;
  const all = first!.header.allTensors;
  const other = files.find(({ header }) => header.allTensors !== all);
  const sum = files.reduce((total, { header }) => total + header.tensorCount, 0);
  if (!other && (all === undefined || all === sum)) return;
  const says = other
    ? `${other.name} is a part of a model of ${other.header.allTensors} tensors, and the first is of one of ${all}`
    : `they have ${sum} tensors together, and the model has ${all} (split.tensors.count)`;
  throw new IngotError('MODEL_INVALID', `${what}: its parts are not of one model: ${says}`, {
    hint: 'take all parts from the same place, and run ingot lock <recipe> --update',
  });
}
