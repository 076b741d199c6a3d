import { expect, test } from 'vitest';
import { askAgent } from '../build/vm/guest-agent.ts';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test("QEMU's guest agent answers where QEMU offers its channel, and is off elsewhere", async () => {
  if (!session.agentSocket) {
    await vm.guest.fail('systemctl is-active qemu-guest-agent');
    return;
  }
  await vm.guest.waitUntilSucceeds('systemctl is-active qemu-guest-agent', 60);
  expect(await askAgent(session.agentSocket, 'guest-ping')).toEqual({ return: {} });
});
