import { expect, it } from 'vitest';
import { assertInner } from './inner-path.ts';

it.each(['etc/motd', 'a', '...', 'a/..b/c', 'etc/systemd/system/getty@.service'])('lets %s be', (path) => {
  expect(() => assertInner(path)).not.toThrow();
});

it.each(['', '/etc/passwd', '..', '../x', 'a/../../x', 'a/..', 'a//b', './a', 'a/', 'a\0b'])(
  'refuses %j',
  (path) => {
    expect(() => assertInner(path)).toThrow(`the path ${JSON.stringify(path)} leads out of its folder`);
  },
);
