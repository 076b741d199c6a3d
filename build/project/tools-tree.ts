import { exists } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import { hasStage, type Store } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { toolsStages } from '../resolve/stage.ts';
import { executeStage } from '../stages/execute.ts';
import { lockPath, readLock, readRecipe } from './inputs.ts';
import { sourcesFrom } from './sources.ts';
import { readStageCode } from './stage-code.ts';

/**
 * The tools tree that an artifact was made with; where the store has none, the one of its recipe's lock is
 * made.
 */
export async function toolsTree(
  record: Pick<ArtifactRecord, 'recipe' | 'toolsStage' | 'file'>,
  context: { store: Store; progress: Progress; lock?: string },
): Promise<string> {
  const { store, progress } = context;
  if (await hasStage(store, record.toolsStage)) return store.stage(record.toolsStage);
  const recipe = await readRecipe(record.recipe);
  const path = lockPath(recipe, { lock: context.lock });
  if (!(await exists(path)))
    throw new IngotError(
      'LOCK_MISSING',
      `${record.file} can only be examined with the pinned tools, and their lock ${path} is missing`,
      {
        hint: `ingot lock ${record.recipe}`,
      },
    );
  const { tools, sourceDateEpoch } = await readLock(path);
  const made = toolsStages({ base: recipe.base, tools, sourceDateEpoch }, await readStageCode());
  return executeStage(made, made.tools, { store, progress, sources: await sourcesFrom({}) });
}
