import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the language server for Python answers', async () => {
  const request = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  const answer = await vm.guest.succeed(
    `printf 'Content-Length: ${request.length}\\r\\n\\r\\n%s' '${request}' | timeout 120 pylsp | head --bytes=4000`,
  );
  expect(answer).toContain('completionProvider');
});

test('Neovim starts the server for a file in Python', async () => {
  await vm.guest.succeed('printf "import os\\n" > /tmp/ingot-editors.py');
  const clients = await vm.guest.succeed(
    `cd /tmp && timeout 240 nvim --headless ingot-editors.py \\
      '+lua vim.wait(120000, function() return #vim.lsp.get_clients() > 0 end)' \\
      '+lua print(vim.lsp.get_clients()[1].name)' +qa! 2>&1`,
  );
  expect(clients).toContain('pylsp');
});

test('Helix knows the server', async () => {
  expect(await vm.guest.succeed('hx --health python 2>&1')).toMatch(/pylsp/);
});

test('Geany has its plugin for language servers', async () => {
  const plugin = "sed -n 's/^active_plugins=\\([^;]*\\);.*/\\1/p' /usr/share/geany/geany.conf";
  await vm.guest.succeed(`test -e "$(${plugin})"`);
  expect(await vm.guest.succeed('geany --version')).toMatch(/geany \d/);
});
