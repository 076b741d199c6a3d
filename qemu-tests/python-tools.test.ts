import { test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('an environment is made without a network, and is apart from the system', async () => {
  await vm.guest.succeed('python3 -m venv /tmp/env && /tmp/env/bin/pip --version');
  await vm.guest.succeed('pip3 install --no-index nothing 2>&1 | grep -q externally-managed-environment');
  await vm.guest.succeed('rm -r /tmp/env');
});

test('the wheelhouse says what is missing', async () => {
  await vm.guest.succeed('wheelhouse list | grep -q "nothing in"');
  await vm.guest.succeed(
    'wheelhouse env trial nothing 2>&1 | grep -q "wheelhouse fetch" && test ! -e /var/ai-data/envs/trial',
  );
});

test('tests run', async () => {
  await vm.guest.succeed(
    'cd $(mktemp --directory) && echo "def test_sum(): assert 1 + 1 == 2" > test_sum.py && python3 -m pytest -q',
  );
});
