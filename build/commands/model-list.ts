import { IngotError } from '../model/errors.ts';
import { modelRoles } from '../model/models.ts';
import { type CatalogueModel, readCatalogue } from '../project/known-models.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'model list',
  summary: 'lists the models of the catalogue, which --model catalogue:<name> preloads',
  arguments: [],
  options: [
    { flags: '--role <role>', description: `those for one role: ${modelRoles.join(', ')}` },
    { flags: '--ram <GiB>', description: 'those that a machine with this much memory serves' },
  ],
  examples: ['ingot model list', 'ingot model list --role code --ram 16'],
  async run(_, { role, ram }) {
    if (role && !modelRoles.some((known) => known === role))
      throw new IngotError('USAGE', `--role ${role} is no role of a model`, {
        hint: `it is one of ${modelRoles.join(', ')}`,
      });
    if (ram !== undefined && !/^[1-9]\d{0,4}$/.test(ram))
      throw new IngotError('USAGE', `--ram ${ram} is no number of GiB`, { hint: '--ram 16' });
    const models = (await readCatalogue()).filter(
      ({ roles, ramGiB }) =>
        (!role || roles.some((one) => one === role)) && (ram === undefined || ramGiB <= Number(ram)),
    );
    const rows = [['name', 'role', 'GiB of RAM', 'about', 'licence', 'sha256', 'file'], ...models.map(row)];
    const widths = rows[0]!.map((_cell, at) => Math.max(...rows.map((cells) => cells[at]!.length)));
    const lines = rows.map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    );
    return {
      text: models.length ? lines.join('\n') : 'no model of the catalogue is like that',
      json: models,
    };
  },
};

function row({
  name,
  roles,
  ramGiB,
  gigabytes,
  licence,
  sha256,
  repository,
  file,
}: CatalogueModel): string[] {
  const size = gigabytes === undefined ? '' : `${gigabytes} GB`;
  return [
    name,
    roles.join(','),
    String(ramGiB),
    size,
    licence,
    sha256?.slice(0, 12) ?? 'not known',
    `${repository}/${file}`,
  ];
}
