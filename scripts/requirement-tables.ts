import type { Catalogue } from '../build/commands/list.ts';
import { isOfImage, readRequirements, type Verdict, verdictOf } from '../build/project/requirements.ts';

/** The five systems, in the order of the documentation. */
const systems = ['nanite', 'synapse', 'omarchy-ai', 'allerac', 'localaistack'];
const standings = ['met', 'module', 'later', 'refused'] as const;

/** Head and rows of the tables about what the systems ask for. */
export interface RequirementTables {
  counts: { head: string[]; rows: string[][] };
  /** One for each system. */
  items: { system: string; head: string[]; rows: string[][] }[];
}

/** What each system asks of builder and image, and what became of it. */
export async function requirementTables({
  recipes,
  targets,
  features,
}: Catalogue): Promise<RequirementTables> {
  const requirements = Object.entries(await readRequirements());
  const judged = systems.flatMap((system) => {
    const recipe = recipes.find(({ name }) => name === system);
    if (!recipe) return [];
    const rows = requirements
      .filter(([, one]) => one.systems.includes(system))
      .map(([id, one]) => ({ id, one, verdict: verdictOf(id, one, { recipe, features, targets }) }))
      .filter(({ one, verdict }) => isOfImage(one) || ['met', 'module'].includes(verdict.standing));
    return [{ system, rows }];
  });
  return {
    counts: {
      head: ['system', 'items', ...standings],
      rows: judged.map(({ system, rows }) => {
        const count = (wanted: Verdict['standing']) =>
          String(rows.filter(({ verdict }) => verdict.standing === wanted).length);
        return [`\`${system}\``, String(rows.length), ...standings.map(count)];
      }),
    },
    items: judged.map(({ system, rows }) => ({
      system,
      head: ['ID', 'asked for', '', 'by, or why'],
      rows: rows.map(({ id, one, verdict }) => [id, one.text, verdict.standing, verdict.by]),
    })),
  };
}
