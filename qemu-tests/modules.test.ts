import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test("podman's own generator makes a unit of every container, and systemd finds no fault in any", async () => {
  const containers = '/usr/share/containers/systemd';
  const count = Number(
    await vm.guest.succeed(`ls ${containers}/*.container ${containers}/*.pod | wc --lines`),
  );
  expect(count).toBeGreaterThan(0);
  const generated = await vm.guest.succeed('/usr/libexec/podman/quadlet -dryrun 2>&1');
  expect(generated.match(/^---.*\.service---$/gm)).toHaveLength(count);
  await vm.guest.succeed(`cd /usr/share/ingot/modules && for manifest in *.yaml; do
    systemd-analyze verify --man=no --recursive-errors=no "\${manifest%.yaml}.service" || exit 1
  done`);
});

test('no module runs, and one that is not on the machine says so', async () => {
  const units =
    'cd /usr/share/ingot/modules && for manifest in *.yaml; do echo "${manifest%.yaml}.service"; done';
  const states = await vm.guest.succeed(`systemctl is-active $(${units}) | sort -u || true`);
  expect(states.trim()).toBe('inactive');
  const said = await vm.guest.fail('/usr/libexec/ingot/module-run aider bin/aider 2>&1');
  expect(said).toContain('module aider is not on this machine');
});
