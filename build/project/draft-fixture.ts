import type { FeatureUse, Recipe } from '../model/types.ts';
import { type Drawers, resolveDraft } from '../resolve/draft.ts';
import { drawersOf, plainTarget, recipeOf } from '../resolve/fixture.ts';

/** What a few made-up features have in their drawers. */
export const drawers: { [feature: string]: Drawers } = {
  ...drawersOf('zram', {}, { packages: { debian: ['zram-tools', 'zstd'] } }),
  ...drawersOf('ssh', { enable: ['ssh.service'] }, { packages: { debian: ['ssh', 'zstd'] } }),
  ...drawersOf('quiet', { mask: ['ssh.service'] }),
  ...drawersOf('console', { requires: ['inference', 'login'] }),
  ...drawersOf('inference', { needsModel: 'chat' }),
  ...drawersOf('open', { conflicts: ['ssh'] }),
  ...drawersOf('motd-a', {}, { overlay: ['etc/motd', 'etc/issue'] }),
  ...drawersOf('motd-b', {}, { overlay: ['etc/motd', 'etc/issue'] }),
  ...drawersOf('hasty', {}, { overlay: ['etc/other.conf'], early: ['etc/own.conf'] }),
  ...drawersOf('radio', {}, { packages: { debian: ['radio'], components: ['non-free-firmware'] } }),
  ...drawersOf('odd', {}, { packages: { debian: ['odd'], components: ['universe'] } }),
  tuned: { ...drawersOf('tuned').tuned!, kernelFragment: true },
  ...drawersOf('issue', {}, { overlay: ['etc/issue/nested/file'] }),
  ...drawersOf('rich', {}, { packages: { debian: ['a', 'b'], missing: { trixie: ['a', 'b'] } } }),
};

export const level = (value: FeatureUse['options'][string]): FeatureUse => ({
  name: 'zram',
  options: { level: value },
});
export const draft = (uses: (string | FeatureUse)[], changes: Partial<Recipe> = {}) =>
  resolveDraft({ recipe: recipeOf(uses, changes), target: plainTarget, drawers });
