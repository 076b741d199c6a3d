import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('a program runs, with the database that is built in', async () => {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    console.log(new DatabaseSync(':memory:').prepare('select 6 * 7 as answer').get().answer);`;
  expect((await vm.guest.succeed(`node --eval "${program}"`)).trim()).toBe('42');
});
