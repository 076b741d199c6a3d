import { expect, test } from 'vitest';
import { modelUrl, session, useGuest } from './guest.ts';

const vm = useGuest();
const { user } = session.feature('console').values;
const api = modelUrl();
/** A command in a terminal of the user: interactive bash, as terminals start it. */
const inTerminal = (command: string) =>
  vm.guest.succeed(
    `cd /home/${user} && runuser --user ${user} -- env HOME=/home/${user} ASK_TOKENS=8 TERM=dumb \\
      bash -i -c '${command}' < /dev/null 2> /tmp/terminal-ai.err || { cat /tmp/terminal-ai.err >&2; false; }`,
  );

test('every user has the local model in llm', async () => {
  await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health`, 240);
  await vm.guest.waitUntilSucceeds(
    `test -L /home/${user}/.config/io.datasette.llm/extra-openai-models.yaml`,
    240,
  );
  expect(await inTerminal('llm models default')).toBe('local');
  // llm logs what it answers, in the folder of the user.
  expect((await inTerminal('llm --option max_tokens 8 Hello')).length).toBeGreaterThan(0);
});

test('ask answers, also about what comes by a pipe', async () => {
  expect((await inTerminal('ask What is a pipe?')).length).toBeGreaterThan(0);
  expect((await inTerminal('echo "a text" | ask What is this?')).length).toBeGreaterThan(0);
  expect(await vm.guest.fail('ask < /dev/null')).toContain('usage: ask');
});

test('terminals know explain and suggest, and clnkr is set to the local server', async () => {
  expect(await inTerminal('type -t explain suggest')).toBe('function\nfunction');
  expect((await inTerminal('explain ls -l')).length).toBeGreaterThan(0);
  expect(await inTerminal('printenv CLNKR_BASE_URL CLNKR_MODEL')).toBe(`${api}/v1\ndefault`);
  expect(await inTerminal('clnkr --version')).not.toBe('');
});

test('Vim completes by the local server, and only when asked', async () => {
  const shown =
    'echo g:llama_config.endpoint_fim g:llama_config.auto_fim g:llama_config.model_fim exists(":LlamaEnable")';
  await vm.guest.succeed(
    `printf '%s\\n' 'redir! > /tmp/vim.txt' '${shown}' 'redir END' qall! > /tmp/look.vim`,
  );
  await vm.guest.succeed(
    'timeout 60 vim -T dumb --not-a-term -S /tmp/look.vim < /dev/null > /dev/null 2>&1 || true',
  );
  expect(await vm.guest.succeed('cat /tmp/vim.txt')).toContain(`${api}/infill v:false default 2`);
});

test('git gets a message for a commit where it was asked for, and loses no commit without the server', async () => {
  const repository = '/tmp/terminal-ai-repository';
  const git = `git -C ${repository} -c user.name=Test -c user.email=test@example.org`;
  const ask = 'env ASK_TOKENS=8 GIT_EDITOR=true';
  await vm.guest.succeed(
    `rm -rf ${repository} && git init --quiet ${repository} && echo 1 > ${repository}/a`,
  );
  await vm.guest.succeed(`cd ${repository} && git add a && git suggest-message --on`);
  await vm.guest.succeed(`${ask} ${git} commit --quiet < /dev/null`);
  expect((await vm.guest.succeed(`${git} log -1 --format=%B`)).trim().length).toBeGreaterThan(0);
  await vm.guest.succeed(`echo 2 > ${repository}/a && ${git} add a`);
  // One's own message stays.
  await vm.guest.succeed(`${ask} ${git} commit --quiet --message 'My own' < /dev/null`);
  expect((await vm.guest.succeed(`${git} log -1 --format=%B`)).trim()).toBe('My own');
  await vm.guest.succeed('systemctl stop llama-server');
  try {
    await vm.guest.succeed(`echo 3 > ${repository}/a && ${git} add a`);
    expect(await vm.guest.fail('ask Hello < /dev/null')).toContain('systemctl status llama-server');
    // Without a message git itself gives up, so the editor writes one.
    await vm.guest.succeed(`GIT_EDITOR='sed -i 1iWritten' ${git} commit --quiet < /dev/null`);
    expect((await vm.guest.succeed(`${git} log -1 --format=%s`)).trim()).toBe('Written');
  } finally {
    await vm.guest.succeed('systemctl start llama-server');
    await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health`, 240);
  }
  await vm.guest.succeed(
    `cd ${repository} && git suggest-message --off && ! test -e .git/hooks/prepare-commit-msg`,
  );
});
