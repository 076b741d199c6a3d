import { expect, it } from 'vitest';
import type { IngotError } from '../model/errors.ts';
import { renderTemplate } from './template.ts';

const what = 'overlays/console/etc/motd.hbs';

it('places values, those of other features by their path', () => {
  const values = { hostname: 'nanite', features: { inference: { port: 9931 } } };
  expect(renderTemplate('{{hostname}}:{{features.inference.port}}\n', values, what)).toBe('nanite:9931\n');
});

it('escapes nothing: a unit file is no HTML', () => {
  expect(renderTemplate('ExecStart={{command}}', { command: `sh -c "a && b < 'c'"` }, what)).toBe(
    `ExecStart=sh -c "a && b < 'c'"`,
  );
});

it.each([
  ['a name without a value', '{{prot}}', /"prot" not defined/],
  ['a feature that is not there', '{{features.zram.size}}', /"size" not defined/],
  ['a tag that is not closed', '{{port', /Parse error/],
])('refuses %s, and names the template and what it may use', (_case, text, reason) => {
  expect(() => renderTemplate(text, { port: 1, features: {} }, what)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(new RegExp(`^template ${what}: .*${reason.source}`, 's')),
      hint: 'it may use features, port',
    }) as IngotError,
  );
});
