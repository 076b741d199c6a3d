import { IngotError } from '../../model/errors.ts';
import { unixText } from '../text/unix-text.ts';
import { parseYaml } from '../text/yaml.ts';

/** What cloud-init takes user data for, by how they begin; all else it ignores without an error. */
const kinds = {
  'cloud-config': /^#cloud-config\s*$/im,
  'cloud-config-archive': /^#cloud-config-archive\s*$/im,
  script: /^#!/,
  'list of addresses': /^#include(-once)?\s*$/im,
  'boot hook': /^#cloud-boothook\s*$/im,
  'part handler': /^#part-handler\s*$/im,
  'Jinja template': /^## template: *jinja\s*$/im,
  'MIME message': /^(content-type|mime-version):/i,
};
export type UserDataKind = keyof typeof kinds | 'compressed file';

/** No text of a person's is larger; what is generated, cloud-init still reads itself. */
const maxCharacters = 256 * 1024;

/** What user data are; refuses by name what cloud-init would ignore, or could not read. */
export function readUserData(bytes: Uint8Array, path: string): UserDataKind {
  if (isCompressed(bytes)) return 'compressed file';
  const what = `user data ${path}`;
  const text = unixText(bytes, what, path);
  const start = text.trimStart();
  const kind = (Object.keys(kinds) as UserDataKind[]).find((each) => {
    const found = kinds[each as keyof typeof kinds].exec(start);
    return found?.index === 0;
  });
  if (!kind)
    throw new IngotError(
      'INPUT_INVALID',
      start
        ? `${what} begins with ${JSON.stringify(start.split('\n')[0]!.slice(0, 60))}, by which cloud-init does not know what they are: it would ignore them`
        : `${what} are empty`,
      { hint: 'write #cloud-config in the first line, or #! and the path of a shell' },
    );
  if (kind === 'cloud-config') assertMapping(text, what, 'keys as packages: and runcmd:');
  return kind;
}

/** By gzip, which cloud-init unpacks. */
export function isCompressed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Refuses a network configuration that is no mapping of a version that cloud-init knows. */
export function assertNetworkConfig(bytes: Uint8Array, path: string): void {
  const what = `network configuration ${path}`;
  const text = unixText(bytes, what, path);
  const example = 'version: 2, and ethernets: with the addresses and routes of each card';
  const value = assertMapping(text, what, example);
  const { version } = ((value?.network as object | undefined) ?? value ?? {}) as { version?: unknown };
  if (version === 1 || version === 2) return;
  throw new IngotError(
    'INPUT_INVALID',
    `${what} has ${version === undefined ? 'no version' : `version ${JSON.stringify(version)}`}, cloud-init reads 1 and 2`,
    { hint: `write ${example}` },
  );
}

function assertMapping(text: string, what: string, example: string): { [key: string]: unknown } | null {
  const hint = `write YAML with ${example}`;
  let value: unknown;
  try {
    value = parseYaml(text, what, { maxCharacters });
  } catch (cause) {
    throw new IngotError('INPUT_INVALID', (cause as Error).message.trim(), { hint, cause });
  }
  // Nothing but the first line is allowed, and means nothing.
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && !Array.isArray(value)) return value as { [key: string]: unknown };
  const found = Array.isArray(value) ? 'a list' : 'a text';
  throw new IngotError('INPUT_INVALID', `${what}: cloud-init wants a mapping of keys, and this is ${found}`, {
    hint,
  });
}
