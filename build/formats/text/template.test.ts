import { expect, it } from 'vitest';
import type { IngotError } from '../../model/errors.ts';
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

it('places numbers as text, alone and side by side', () => {
  expect(renderTemplate('{{port}}', { port: 9931 }, what)).toBe('9931');
  expect(renderTemplate('{{port}}{{threads}}{{on}}', { port: 1, threads: 2, on: false }, what)).toBe(
    '12false',
  );
});

it.each([
  ['a name without a value', '{{prot}}', /"prot" not defined/],
  ['a feature that is not there', '{{features.zram.size}}', /"zram" not defined in features\.zram\.size/],
  ['a path that begins with nothing', '{{feature.zram.size}}', /"feature" not defined/],
  ['a name that every object inherits', '{{toString}}', /"toString" not defined/],
  ['a path into a number', '{{port.size}}', /"size" not defined/],
  ['a group of values', '{{features}}', /features is not a text/],
  ['a block', '{{#if port}}x{{/if}}', /"\{\{#if port\}\}x.*" does not begin with a value's name/],
  ['a call', '{{port "x"}}', /does not begin with a value's name/],
  ['blocks that Handlebars reads for minutes', '{{#if x}}'.repeat(10_000), /does not begin with/],
  ['more values than a file has', '{{port}}'.repeat(1001), /places 1001 values, over 1000/],
  ['a tag that is not closed', '{{port', /"\{\{port" does not begin/],
])('refuses %s, and names the template and what it may use', (_case, text, reason) => {
  expect(() => renderTemplate(text, { port: 1, features: {} }, what)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(new RegExp(`^template ${what}: .*${reason.source}`, 's')),
      hint: 'it may use features, port',
    }) as IngotError,
  );
});
