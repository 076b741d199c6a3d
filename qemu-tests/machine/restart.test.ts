import { expect, test } from 'vitest';
import { readIdentity } from '../../build/vm/identity.ts';
import { modelAnswers, session, useGuest } from '../guest.ts';

const vm = useGuest();
const before = session.before!;

test('it is the same machine as before', async () => {
  expect(await readIdentity(vm.guest)).toEqual(before);
});

test('nothing is done again that is for the first start only', async () => {
  const journal = await vm.guest.succeed(
    'journalctl --boot --output=cat --no-pager --identifier=systemd-repart',
  );
  expect(journal).not.toMatch(/Growing|Adding new partition|Writing new partition table/);
  const boots = await vm.guest.succeed('journalctl --list-boots --quiet --no-pager | wc --lines');
  // A root in memory has a journal in memory.
  expect(Number(boots)).toBe(session.has('read-only-root') ? 1 : session.start);
  const said = await vm.guest.succeed('journalctl --boot --output=cat --no-pager');
  // The initramfs has an id of its own each time; this is what the system itself says.
  expect(said).not.toContain('Detected first boot');
  expect(said).not.toMatch(/Generating public\/private|ssh-keygen: generating/);
});

if (session.has('inference')) test('the model answers', () => modelAnswers(vm));
