import { expect, test } from 'vitest';
import { useGuest } from '../../../../../qemu-tests/guest.ts';

const vm = useGuest();

test('the page is served', async () => {
  const page = "import urllib.request as u; print(u.urlopen('http://127.0.0.1/').read().decode())";
  expect(await vm.guest.succeed(`python3 -c "${page}"`)).toContain('nginx');
});
