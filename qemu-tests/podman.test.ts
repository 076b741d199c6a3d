import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('a container of the own files runs, apart from the machine', async () => {
  await vm.guest.succeed(`set -e
    mkdir /run/tiny
    for file in /usr/bin/sh /usr/bin/cat $(ldd /usr/bin/sh /usr/bin/cat | grep --only-matching '/[^ :]*' | sort --unique)
    do cp --dereference --parents "$file" /run/tiny; done
    tar --directory /run/tiny --create . | podman import --quiet - localhost/tiny`);
  try {
    const command =
      "podman run --rm --network=none localhost/tiny /usr/bin/sh -c 'echo in $$; cat /etc/hostname'";
    const said = await vm.guest.succeed(command);
    expect(said).toContain('in 1');
    expect(said).not.toContain((await vm.guest.succeed('hostname')).trim());
  } finally {
    await vm.guest.succeed('podman image rm --force localhost/tiny; rm --recursive /run/tiny');
  }
});

test('images are with the data', async () => {
  const place = await vm.guest.succeed("podman info --format '{{.Store.GraphRoot}}'");
  expect(place.trim()).toBe('/var/ai-data/containers');
});

test('a quadlet becomes a unit', async () => {
  await vm.guest.succeed(`set -e
    mkdir --parents /run/containers/systemd
    printf '[Container]\\nImage=localhost/tiny\\n' > /run/containers/systemd/tiny.container
    systemctl daemon-reload
    systemctl cat tiny.service | grep --quiet 'podman run'
    rm /run/containers/systemd/tiny.container
    systemctl daemon-reload`);
});
