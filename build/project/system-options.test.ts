import { expect, it } from 'vitest';
import { renderOverlay } from '../resolve/overlay.ts';
import { readDraft, readRecipe, readTarget } from './inputs.ts';

const draftWith = async (...set: string[]) =>
  readDraft(await readRecipe('nanite-server', { set }), await readTarget('iso'));

it('places locale, time zone and keyboard layout where programs read them', async () => {
  const draft = await draftWith(
    'system.locale=de_DE.UTF-8',
    'system.timezone=Europe/Berlin',
    'system.keymap=de(neo)',
  );
  const { early, late } = renderOverlay({ ...draft, version: '20261030' });
  const at = new Map([...early, ...late].map((entry) => [entry.path, entry]));
  expect(at.get('etc/locale.conf')).toMatchObject({ content: 'LANG=de_DE.UTF-8\n' });
  expect(early.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['etc/default/keyboard', 'etc/locale.gen']),
  );
  expect(at.get('etc/locale.gen')).toMatchObject({ content: 'de_DE.UTF-8 UTF-8\n' });
  expect(at.get('etc/default/keyboard')).toMatchObject({
    content: expect.stringContaining('XKBLAYOUT="de"\nXKBVARIANT="neo"\n'),
  });
  expect(at.get('etc/localtime')).toMatchObject({ kind: 'symlink', to: '/usr/share/zoneinfo/Europe/Berlin' });
  expect(draft.packages).toEqual(expect.arrayContaining(['console-setup', 'locales']));
});

it('adds neither file nor package for what every system has', async () => {
  const draft = await draftWith('system.locale=C.UTF-8', 'system.timezone=Etc/UTC', 'system.keymap=us');
  const { early, late } = renderOverlay({ ...draft, version: '20261030' });
  expect(early.map(({ path }) => path)).toEqual(['etc/initramfs-tools/conf.d/ingot.conf']);
  expect(late.map(({ path }) => path)).not.toContain('etc/localtime');
  expect(draft.packages).not.toContain('locales');
});

it.each([
  ['timezone=Europe/Berln', 'is no time zone that images have (did you mean Europe/Berlin?)'],
  ['timezone=New York', 'is no time zone that images have (did you mean America/New_York?)'],
  ['timezone=Berlin', 'is no time zone that images have (did you mean Europe/Berlin?)'],
  ['timezone=../etc/passwd', 'is no time zone that images have'],
  ['locale=de_DE', 'is no locale in UTF-8 that images have (did you mean de_DE.UTF-8?)'],
  ['locale=de_DE.utf8', 'is no locale in UTF-8 that images have (did you mean de_DE.UTF-8?)'],
  ['locale=xx', 'is no locale in UTF-8 that images have'],
  ['keymap=uk', 'is no keyboard layout that images have (did you mean '],
  ['keymap=de(nodedkeys)', 'is no keyboard layout that images have (did you mean de(nodeadkeys)?)'],
  ['keymap=de-latin1', 'is no keyboard layout that images have (did you mean de?)'],
])('refuses %s with what was meant', async (set, problem) => {
  await expect(draftWith(`system.${set}`)).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringContaining(`"${set.replace(/.*?=/, '')}" ${problem}`),
  });
});
