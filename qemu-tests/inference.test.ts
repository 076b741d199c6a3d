import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { servedModels } from '../build/model/served.ts';
import { modelUrl, record, session, useGuest } from './guest.ts';

const vm = useGuest();
const { models, machine } = session.record;
const { contextTokens } = session.feature('inference').values;
const served = servedModels(models);
const { name: model, path } = served[0]!;
const api = modelUrl();

/**
 * The text of a streamed chat completion of at most `tokens` tokens, and the seconds until its first piece.
 */
async function chat(tokens: number): Promise<{ text: string; firstTokenSeconds: number }> {
  const request = {
    model: 'default',
    messages: [{ role: 'user', content: 'Say something.' }],
    max_tokens: tokens,
    stream: true,
  };
  // The guest's own clock before the request and at each line, so that neither SSH nor the test counts.
  const stamped = await vm.guest.succeed(`set -o pipefail
    echo "$EPOCHREALTIME"
    curl --silent --show-error --fail --no-buffer --max-time 240 --header 'Content-Type: application/json' \\
      --data '${JSON.stringify(request)}' ${api}/v1/chat/completions |
      while IFS= read -r line; do echo "$EPOCHREALTIME $line"; done`);
  const [start, ...lines] = stamped.split('\n');
  const pieces = lines
    .map((line) => /^(\S+) data: (\{.*\})$/.exec(line))
    .filter((match) => match !== null)
    .map(([, at, json]) => ({ at: Number(at), text: JSON.parse(json!).choices?.[0]?.delta?.content ?? '' }))
    .filter(({ text }) => text !== '');
  expect(pieces.length).toBeGreaterThan(0);
  return { text: pieces.map(({ text }) => text).join(''), firstTokenSeconds: pieces[0]!.at - Number(start) };
}

test('the server becomes healthy', async () => {
  // A unit that is down for good will not become healthy: no reason to wait any longer.
  const down = "systemctl show --value --property ActiveState llama-server | grep -q -E 'inactive|failed'";
  await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health || ${down}`, 240);
  await vm.guest.succeed('systemctl is-active llama-server');
  await vm.guest.succeed(`curl --silent --fail ${api}/health`);
});

test('a chat completion returns tokens', async (context) => {
  const { text, firstTokenSeconds } = await chat(16);
  expect(text.length).toBeGreaterThan(0);
  record(context, { timeToFirstTokenSeconds: firstTokenSeconds, answer: text });
  expect(firstTokenSeconds).toBeGreaterThan(0);
});

test('the UNIX socket answers the group and no one else', async () => {
  const ask = (groups: string) =>
    `setpriv --reuid=nobody --regid=nogroup ${groups} ` +
    'curl --silent --fail --unix-socket /run/llama-server/llama.sock http://x/v1/models';
  expect(await vm.guest.succeed(ask('--groups=llama-server'))).toContain(`"${model}"`);
  await vm.guest.fail(ask('--clear-groups'));
});

test('a web page of another origin gets no permission', async () => {
  const headers = await vm.guest.succeed(
    `curl --silent --include --header 'Origin: https://evil.example' ${api}/v1/models`,
  );
  expect(headers).toMatch(/^HTTP\/1\.1 200/);
  expect(headers).not.toMatch(/access-control-allow-origin: *(\*|https:\/\/evil)/i);
});

test('the unit is hardened: exposure at most 1.5', async (context) => {
  for (const unit of ['llama-server.service', 'llama-server-tune.service']) {
    const verdict = await vm.guest.succeed(
      `systemd-analyze security --no-pager --threshold=15 ${unit} | tail -1`,
    );
    record(context, {
      [`exposure of ${unit}`]: /: ([\d.]+)/.exec(verdict)?.[1],
      ...(context.task.meta as { figures?: object }).figures,
    });
    await vm.guest.succeed(`systemd-analyze security --no-pager --threshold=15 ${unit} > /dev/null`);
  }
});

test('limits and threads come from this machine', async () => {
  const memory = Number(await vm.guest.succeed("awk '/MemTotal/ {print $2 * 1024}' /proc/meminfo"));
  const limit = Number(await vm.guest.succeed('systemctl show --value --property MemoryMax llama-server'));
  expect(limit / memory).toBeGreaterThan(0.84);
  expect(limit / memory).toBeLessThan(0.86);
  const tuned = await vm.guest.succeed('cat /run/llama-server-tune/environment');
  expect(tuned).toContain(`LLAMA_ARG_THREADS=${machine.cpus}`);
  expect(Number(/CACHE_RAM=(\d+)/.exec(tuned)?.[1])).toBe(Math.floor(Math.floor(memory / 1024 ** 2) / 16));
  const pid = await vm.guest.succeed('systemctl show --value --property MainPID llama-server');
  expect(await vm.guest.succeed(`cat /proc/${pid.trim()}/oom_score_adj`)).toBe('500');
  expect(await vm.guest.succeed(`tr '\\0' '\\n' < /proc/${pid.trim()}/environ`)).toContain(
    `LLAMA_ARG_THREADS=${machine.cpus}`,
  );
});

test('the weights are mapped from the medium', async () => {
  const group = await vm.guest.succeed('systemctl show --value --property ControlGroup llama-server');
  const processes = `/sys/fs/cgroup${group}/cgroup.procs`;
  expect(await vm.guest.succeed(`sed 's|.*|/proc/&/maps|' ${processes} | xargs cat`)).toContain(path);
});

test('the context is as large as asked for', async () => {
  const pid = (await vm.guest.succeed('systemctl show --value --property MainPID llama-server')).trim();
  expect(await vm.guest.succeed(`tr '\\0' ' ' < /proc/${pid}/cmdline`)).toContain(
    `--ctx-size ${contextTokens} `,
  );
});

if (served.length > 1) {
  const post = (api: string, request: object, flags = '--fail') =>
    vm.guest.succeed(`curl --silent --show-error ${flags} --max-time 240 ${modelUrl()}${api} \\
      --header 'Content-Type: application/json' --data '${JSON.stringify(request)}'`);
  const answerOf = async (model: string) => {
    const messages = [{ role: 'user', content: 'Say something.' }];
    const answer = JSON.parse(await post('/v1/chat/completions', { model, messages, max_tokens: 2 }));
    expect(answer.choices[0].message.content.length).toBeGreaterThan(0);
    return answer.model;
  };
  const chatting = served.filter(({ role }) => role === 'chat' || role === 'code');
  const embedding = served.filter(({ role }) => role === 'embed');

  test.each(chatting)('model $name answers to its name', async ({ name }) => {
    expect(await answerOf(name)).toBe(name);
  });

  test.each(embedding)('model $name makes vectors, other ones of other texts', async ({ name }) => {
    const made = await post('/v1/embeddings', { model: name, input: ['a cat', 'the sea'] });
    const [cat, sea] = JSON.parse(made).data.map(({ embedding }: { embedding: number[] }) => embedding);
    expect(cat.length).toBeGreaterThan(1);
    expect(
      Math.max(...cat.map((value: number, index: number) => Math.abs(value - sea[index]))),
    ).toBeGreaterThan(0);
    const asked = await post('/v1/embeddings', { model: 'embed', input: 'a cat' });
    // The server repeats the name that it was asked by.
    expect(JSON.parse(asked).data[0].embedding).toHaveLength(cat.length);
  });

  test('a model that nobody has is named in the error', async () => {
    const request = { model: 'no-such-model', messages: [{ role: 'user', content: 'x' }] };
    const answer = await post('/v1/chat/completions', request, "--write-out ' %{http_code}'");
    expect(answer).toMatch(/model 'no-such-model' not found.* 400$/);
  });

  test('another default is chosen by its name, and holds after a restart of the server', async () => {
    expect(await answerOf('default')).toBe(model);
    await vm.guest.succeed(`cp ${path} /var/ai-data/models/own.gguf`);
    const other = chatting.at(-1)!.name;
    try {
      await vm.guest.succeed(`ai-default-model ${other}`);
      await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health`, 240);
      expect(await answerOf('default')).toBe(other);
      expect(await vm.guest.succeed('ai-default-model')).toContain(`* ${other} (`);
      expect(await answerOf('own')).toBe('own');
      expect(await vm.guest.fail('ai-default-model no-such-model 2>&1')).toContain('there are: ');
    } finally {
      await vm.guest.succeed(`rm --force /etc/ai/default-model /var/ai-data/models/own.gguf`);
      await vm.guest.succeed('systemctl restart llama-server');
      await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health`, 240);
    }
  });
}

test('an idle server uses next to no CPU', async (context) => {
  const usage = async () =>
    Number(await vm.guest.succeed('systemctl show --value --property CPUUsageNSec llama-server'));
  const before = await usage();
  await sleep(10_000);
  const percent = (((await usage()) - before) / 1e9 / 10) * 100;
  record(context, { idleCpuPercent: percent });
  expect(percent).toBeLessThan(5);
});

test('the server starts though nothing was found out about this machine', async () => {
  await vm.guest.succeed('systemctl mask --runtime --now llama-server-tune');
  // A unit that is masked while it is active leaves its folder behind.
  await vm.guest.succeed('rm --force /run/llama-server-tune/environment');
  try {
    await vm.guest.succeed('systemctl restart llama-server');
    await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health`, 240);
    const pid = (await vm.guest.succeed('systemctl show --value --property MainPID llama-server')).trim();
    const environment = await vm.guest.succeed(`tr '\\0' '\\n' < /proc/${pid}/environ`);
    expect(environment).toMatch(/^LLAMA_ARG_CACHE_RAM=64$/m);
    expect(environment).not.toContain('LLAMA_ARG_THREADS');
  } finally {
    await vm.guest.succeed('systemctl unmask --runtime llama-server-tune');
    await vm.guest.succeed('systemctl restart llama-server-tune llama-server');
    await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health`, 240);
  }
});
