import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { besideFolder } from '../distros/debian/depmod-beside.ts';
import { dracutBeside } from '../distros/debian/dracut-beside.ts';
import { runInside } from '../host/run/sandbox.ts';
import { prepareTools } from './support/conversion.ts';

const work = mkdtempSync(join(tmpdir(), 'ingot-dracut-'));
let tools: string;
beforeAll(async () => {
  tools = await prepareTools();
});
afterAll(() => rmSync(work, { recursive: true }));

/** The true one here leaves a file for each of its drivers, tells its arguments, and fails for one. */
const trueInstall = `#!/bin/bash
echo "\${*:3}" >> /calls
for argument; do case $argument in =drivers*) : > "$2/\${argument##*/}" ;; esac; done
[[ $* != *drivers/bad* ]]
`;
const quoted = (script: string) => `'${script.replaceAll("'", "'\\''")}'`;

/** What package scripts see while they are configured: as many packages are expected as are unpacked there, and `more`. */
const early = (more = 0) => `
mkdir "$root${besideFolder}"
: > "$root${besideFolder}/early"
unpacked=$(ls "$root"/var/lib/dpkg/info/*.list | wc -l)
sh -c "$(echo ${quoted(dracutBeside.early(123456))} | sed "s/123456/$((unpacked + ${more}))/")" early "$root"
sleep 0.5`;

/**
 * What dracut-install's own calls are, and what there is afterwards; its folders of drivers by size in KiB. The root is a
 * copy of the sandbox's.
 */
const install = (sizes: { [folder: string]: number }, call: string, before = '') =>
  runInside({ tools, work, sourceDateEpoch: 0 }, [
    ...['bash', '-euo', 'pipefail', '-c'],
    `mount -t tmpfs new /mnt
mkdir /mnt/upper /mnt/work /mnt/root
root=/mnt/root
mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work root "$root"
mount --rbind /dev "$root/dev"
mount --bind /proc "$root/proc"
modules="$root/usr/lib/modules/7.0"
mkdir -p "$modules" "$root/to" "$root/usr/lib/dracut/modules.d/70kernel-modules"
echo "    local _blockfuncs='one|other'" > "$root/usr/lib/dracut/modules.d/70kernel-modules/module-setup.sh"
cat > "$root/usr/lib/dracut/dracut-install" <<'end'
${trueInstall}end
chmod +x "$root/usr/lib/dracut/dracut-install"
${Object.entries(sizes)
  .map(
    ([folder, size]) =>
      `mkdir -p "$modules/${folder}"; head -c ${size * 1024} /dev/zero > "$modules/${folder}/one.ko"`,
  )
  .join('\n')}
${before || 'mkdir "$root/tmp/dracut-early"'}
sh -c ${quoted(dracutBeside.begin)} begin "$root"
chroot "$root" env ${dracutBeside.environment} bash -c '"$DRACUT_INSTALL" -D /to --kerneldir /usr/lib/modules/7.0 "$@"' \\
  call ${call} || echo "status $?"
rm -rf "$root${besideFolder}"
flock "$root/tmp/dracut-early" true
sh -c ${quoted(dracutBeside.end)} end "$root"
cd "$root"
sort calls; ls -A to tmp`,
  ]);

const drivers = {
  'kernel/drivers/net': 90,
  'kernel/drivers/gpu': 60,
  'kernel/drivers/ata': 40,
  'extra/drivers/new': 8,
};
const flags = "-m -o -s 'one|other'";
const told = '--kerneldir /usr/lib/modules/7.0 -m -o -s one|other';
const byTwo = `${told} =drivers/gpu =drivers/ata
${told} =drivers/net =drivers/new
`;

test('all drivers are looked through by two, and what both find is there', async () => {
  expect(await install(drivers, `${flags} =drivers`)).toBe(`${byTwo}tmp:

to:
ata
gpu
net
new
`);
});

test.each(['net', 'ata'])('a failure is handed on, of the half with %s', async (folder) => {
  const bad = Object.fromEntries(
    Object.entries(drivers).map(([name, size]) => [name.replace(folder, 'bad'), size]),
  );
  expect(await install(bad, `${flags} =drivers`)).toContain('status 1\n');
});

test('all else is done by the true one at once', async () => {
  expect(await install(drivers, '-o -m ahci =drivers')).toMatch(
    /^--kerneldir \/usr\/lib\/modules\/7\.0 -o -m ahci =drivers\n/,
  );
});

test('what was found while packages were configured is taken, and nothing is looked for again', async () => {
  expect(await install(drivers, `${flags} =drivers`, early())).toBe(`${told} =drivers
tmp:

to:
=drivers
`);
});

test.each([
  ['a driver is newer', 'touch "$modules/kernel/drivers/net/one.ko"', flags, byTwo],
  [
    'an option is newer',
    'mkdir -p "$root/etc/modprobe.d"; : > "$root/etc/modprobe.d/own.conf"',
    flags,
    byTwo,
  ],
  ['dracut asks for something else', '', "-m -o -N 'left-out' -s 'one|other'", '-N left-out'],
])('what was found before is not taken when %s', async (_what, change, options, calls) => {
  const said = await install(drivers, `${options} =drivers`, `${early()}\n${change}`);
  expect(said).toContain(`${told} =drivers\n`);
  expect(said).toContain(calls);
  expect(said).toMatch(/tmp:\n\nto:\nata\ngpu\nnet\nnew\n$/);
});

test('where packages are not unpacked before their scripts end, nobody is the worse', async () => {
  const said = await install(
    drivers,
    `${flags} =drivers`,
    `${early(1)}\nrm -r "$root${besideFolder}"\nsleep 0.5`,
  );
  expect(said.startsWith(byTwo)).toBe(true);
});
