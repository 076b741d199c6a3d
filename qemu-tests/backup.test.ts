import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('nothing is copied before the owner says where to', async () => {
  await vm.guest.succeed('systemctl start back-up.service');
  await vm.guest.succeed('systemctl is-active back-up.timer');
  expect(await vm.guest.succeed('systemctl show --value --property ConditionResult back-up.service')).toBe(
    'no',
  );
});

test('what was copied comes back', async () => {
  await vm.guest.succeed(`set -e
    echo secret > /run/repository-password
    printf 'RESTIC_REPOSITORY=/run/repository\\nRESTIC_PASSWORD_FILE=/run/repository-password\\n' > /etc/back-up.env
    mkdir --parents /var/ai-data
    echo kept > /var/ai-data/kept`);
  try {
    await vm.guest.succeed('systemctl start back-up.service');
    const restic = 'restic --repo /run/repository --password-file /run/repository-password';
    await vm.guest.succeed(`${restic} restore latest --target /run/restored`);
    expect(await vm.guest.succeed('cat /run/restored/var/ai-data/kept')).toContain('kept');
    // Settings that came with the image, and were not written on this machine.
    await vm.guest.succeed('diff --recursive --no-dereference /etc/systemd /run/restored/etc/systemd');
    if (session.has('postgresql'))
      await vm.guest.succeed('grep --quiet "CREATE ROLE postgres" /run/restored/run/back-up/database.sql');
  } finally {
    await vm.guest.succeed(
      'rm --recursive --force /etc/back-up.env /run/repository /run/restored /var/ai-data/kept',
    );
  }
});
