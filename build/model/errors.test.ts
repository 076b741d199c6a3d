import { expect, it } from 'vitest';
import {
  type ErrorCode,
  errorCodes,
  exitStatus,
  IngotError,
  nearest,
  shortList,
  toIngotError,
  within,
} from './errors.ts';

it('gives every code the exit status that scripts rely on', () => {
  const statuses = Object.keys(errorCodes).map((code) => [
    code,
    exitStatus(new IngotError(code as ErrorCode, '')),
  ]);
  expect(Object.fromEntries(statuses)).toEqual({
    USAGE: 2,
    VERIFY_FAILED: 12,
    DIFF_EXCEEDED: 13,
    RECIPE_UNKNOWN: 2,
    TARGET_UNKNOWN: 2,
    RECIPE_INVALID: 3,
    FEATURE_CONFLICT: 3,
    FRAGMENT_UNMET: 3,
    INPUT_INVALID: 3,
    PACKAGE_UNKNOWN: 3,
    MODEL_INVALID: 3,
    MODEL_MISSING: 3,
    LOCK_MISSING: 4,
    LOCK_STALE: 4,
    LOCK_GONE: 4,
    NOT_ROOT: 5,
    NO_SANDBOX: 5,
    HOST_TOOL_MISSING: 5,
    PATH_UNUSABLE: 5,
    LIMIT_REACHED: 5,
    DEVICE_REFUSED: 5,
    DISK_FULL: 5,
    MIRROR_DOWN: 6,
    HASH_MISMATCH: 6,
    SIGNATURE_INVALID: 6,
    COMMAND_FAILED: 7,
    HYGIENE: 8,
    BOOT_FAILED: 9,
    SMOKE_FAILED: 10,
    CHECK_FAILED: 11,
    INTERNAL: 70,
    INTERRUPTED: 130,
  });
});

it.each([
  ['isoo', ['iso', 'qcow2'], 'iso'],
  ['nanite-srever', ['nanite-server', 'synapse'], 'nanite-server'],
  ['algoritm', ['size', 'algorithm'], 'algorithm'],
  ['zrma', ['ssh', 'zram'], 'zram'],
  ['completely-different', ['iso', 'zram'], undefined],
  ['zram', [], undefined],
])('for "%s" among %j the near name is %s', (typed, names, near) => {
  expect(nearest(typed, names)).toBe(near);
});

it('hands an Ingot error on as it is', () => {
  const error = new IngotError('LOCK_GONE', 'gone');
  expect(toIngotError(error)).toBe(error);
});

it('recognises a full disk, names its path and says what to do', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(toIngotError(Object.assign(full, { path: '/store/x' }))).toMatchObject({
    code: 'DISK_FULL',
    message: 'no space left on the file system of /store/x',
    hint: expect.stringContaining('INGOT_STORE'),
    cause: full,
  });
  expect(toIngotError({ code: 'ENOSPC' }).message).toBe('no space left on the file system of the store');
});

it.each([
  ['EROFS', 'PATH_UNUSABLE', '--out'],
  ['ENOTDIR', 'PATH_UNUSABLE', 'INGOT_STORE'],
  ['EACCES', 'PATH_UNUSABLE', 'permissions'],
  ['EMFILE', 'LIMIT_REACHED', 'ulimit -n'],
  ['ENOMEM', 'LIMIT_REACHED', 'memory'],
])('calls %s %s, keeps its words and says what to do', (code, called, says) => {
  const refused = Object.assign(new Error(`${code}: no, open '/x'`), { code });
  expect(toIngotError(refused)).toMatchObject({
    code: called,
    message: `${code}: no, open '/x'`,
    hint: expect.stringContaining(says),
  });
});

it('knows a folder that can be neither made nor found', () => {
  const refused = Object.assign(new Error("ENOENT: no such file, mkdir '/proc/x'"), {
    code: 'ENOENT',
    syscall: 'mkdir',
  });
  expect(toIngotError(refused)).toMatchObject({ code: 'PATH_UNUSABLE', message: refused.message });
  expect(toIngotError(Object.assign(refused, { syscall: 'open' })).code).toBe('INTERNAL');
});

it.each([
  [['a', 'b'], 'a, b'],
  [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d, e, f'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more'],
])('shortens %j to "%s"', (names, short) => {
  expect(shortList(names)).toBe(short);
});

it('puts what was being done in front, once, whatever was thrown', () => {
  const named = within('stage iso', Object.assign(new Error('EROFS: no'), { code: 'EROFS' }));
  expect(named).toMatchObject({ code: 'PATH_UNUSABLE', message: 'stage iso: EROFS: no' });
});

it.each([
  ['an error', new TypeError('x is undefined'), 'x is undefined'],
  ['a text', 'thrown as text', 'thrown as text'],
])('calls %s that nobody expected INTERNAL and keeps its words', (_what, thrown, message) => {
  expect(toIngotError(thrown)).toMatchObject({ code: 'INTERNAL', message, cause: thrown });
});

it('takes what an aborted stream was aborted for', () => {
  const reason = new IngotError('INTERRUPTED', 'stopped by SIGINT');
  const aborted = Object.assign(new Error('The operation was aborted', { cause: reason }), {
    name: 'AbortError',
  });
  expect(toIngotError(aborted)).toBe(reason);
  expect(toIngotError(Object.assign(new Error('aborted'), { name: 'AbortError' })).code).toBe('INTERNAL');
});
