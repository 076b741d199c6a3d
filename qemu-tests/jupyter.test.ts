import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();
const port = 18_888;
const server = `http://127.0.0.1:${port}`;

test('a notebook runs from its first cell to its last', async () => {
  const cell = (source: string) => ({
    cell_type: 'code',
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  });
  const notebook = JSON.stringify({
    cells: [cell('x = 6'), cell('print(x * 7)')],
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3' } },
    nbformat: 4,
    nbformat_minor: 4,
  });
  await vm.guest.succeed(`printf '%s' '${notebook}' > /tmp/sum.ipynb`);
  await vm.guest.succeed('cd /tmp && timeout 300 jupyter execute --allow-errors --inplace sum.ipynb');
  expect(JSON.parse(await vm.guest.succeed('cat /tmp/sum.ipynb')).cells[1].outputs[0].text.join('')).toBe(
    '42\n',
  );
});

test('the server listens on loopback alone and wants its token', async () => {
  const options = `--no-browser --port=${port} --IdentityProvider.token=secret --ServerApp.root_dir=/tmp`;
  await vm.guest.succeed(
    `systemd-run --collect --unit=test-jupyter --property=DynamicUser=yes --property=StateDirectory=test-jupyter \\
      --setenv=HOME=/var/lib/test-jupyter jupyter server ${options}`,
  );
  try {
    await vm.guest.waitUntilSucceeds(`curl --silent --fail ${server}/api?token=secret`, 240);
    await vm.guest.fail(`curl --silent --fail ${server}/api/contents`);
    await vm.guest.succeed(`curl --silent --fail ${server}/api/kernelspecs?token=secret | grep -q ipykernel`);
    expect(await vm.guest.succeed(`ss --no-header --listening --tcp 'sport = :${port}'`)).not.toMatch(
      /(0\.0\.0\.0|\*):18888/,
    );
  } finally {
    await vm.guest.succeed('systemctl stop test-jupyter');
  }
});
