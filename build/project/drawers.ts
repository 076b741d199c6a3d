import { importDefault, moduleNames, readOverlay, readYaml } from '../host/fs/drawers.ts';
import type { Feature } from '../model/define.ts';
import type { Drawers, PackageList } from '../resolve/draft.ts';
import { ownersSchema, packageListSchema } from '../schema/schemas.ts';
import { validate } from '../schema/validate.ts';
import { hasFragment } from './fragments.ts';

/** Every feature of the repository with its drawers. */
export async function readAllDrawers(): Promise<{ [feature: string]: Drawers }> {
  const names = await moduleNames('recipes/features');
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readDrawers(name)])));
}

async function readDrawers(name: string): Promise<Drawers> {
  const ownersFile = `overlays/${name}/owners.yaml`;
  const owners = validate<never>(ownersSchema, (await readYaml(ownersFile)) ?? {}, ownersFile);
  return {
    feature: await importDefault<Feature>('recipes/features', name),
    packages: await readPackageList(name),
    overlay: await readOverlay(name, owners),
    kernelFragment: await hasFragment(name),
  };
}

export async function readPackageList(name: string): Promise<PackageList | undefined> {
  const path = `packages-lists/${name}.yaml`;
  const list = await readYaml(path);
  return list === undefined ? undefined : validate<PackageList>(packageListSchema, list, path);
}
