import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const unit = 'model-container@untrusted.service';

test('a model of the user is served in a container, by its socket alone', async () => {
  const model = `/usr/share/ai/models/${session.record.models[0]!.name}.gguf`;
  await vm.guest.succeed(`cp ${model} /var/ai-data/models/untrusted.gguf; systemctl start ${unit}`);
  try {
    const ask = 'curl --silent --fail --unix-socket /run/model-untrusted/llama.sock http://x/health';
    await vm.guest.waitUntilSucceeds(`${ask} || systemctl is-failed ${unit}`, 240);
    expect(await vm.guest.succeed(`${ask} || journalctl --no-pager --unit ${unit}`)).toContain('"ok"');
    const pid = (
      await vm.guest.succeed(`pgrep --full 'llama-server --model /run/model.gguf' | tail -1`)
    ).trim();
    const users = await vm.guest.succeed(
      `cat /proc/${pid}/uid_map; readlink /proc/${pid}/ns/net /proc/1/ns/net`,
    );
    expect(users).not.toMatch(/^\s*0\s+0\s/);
    const [, container, own] = /(net:\S+)\n(net:\S+)/.exec(users)!;
    expect(container).not.toBe(own);
    expect(await vm.guest.succeed(`grep CapEff /proc/${pid}/status`)).toMatch(/CapEff:\s+0+$/m);
  } finally {
    await vm.guest.succeed(`systemctl stop ${unit}; rm /var/ai-data/models/untrusted.gguf`);
  }
});
