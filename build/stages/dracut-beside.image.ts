import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dracutBeside } from '../distros/debian/dracut-beside.ts';
import { runInside } from '../host/sandbox.ts';
import { prepareTools } from '../testdata/conversion.ts';

const work = mkdtempSync(join(tmpdir(), 'ingot-dracut-'));
let tools: string;
beforeAll(async () => {
  tools = await prepareTools();
});
afterAll(() => rmSync(work, { recursive: true }));

/** The true one here leaves a file for each of its drivers, tells its arguments, and fails for one. */
const trueInstall = `#!/bin/bash
echo "\${*:3}" >> /scratch/calls
for argument; do case $argument in =drivers*) : > "$2/\${argument##*/}" ;; esac; done
[[ $* != *drivers/bad* ]]
`;
const begin = dracutBeside.begin.replaceAll('/usr/lib/dracut/dracut-install', '/scratch/true-install');

/** What dracut-install's own calls are, and what there is afterwards; its folders of drivers by size in KiB. */
const install = (sizes: { [folder: string]: number }, call: string) =>
  runInside({ tools, work, sourceDateEpoch: 0 }, [
    ...['bash', '-euc'],
    `rm -rf calls to modules; mkdir -p to modules
cat > true-install <<'end'
${trueInstall}end
chmod +x true-install
${Object.entries(sizes)
  .map(
    ([folder, size]) =>
      `mkdir -p modules/${folder}; head -c ${size * 1024} /dev/zero > modules/${folder}/one.ko`,
  )
  .join('\n')}
( set -- ''
${begin} )
${dracutBeside.environment}
"$DRACUT_INSTALL" -D /scratch/to --kerneldir /scratch/modules ${call} || echo "status $?"
cd /scratch
sort calls; ls to*`,
  ]);

const drivers = {
  'kernel/drivers/net': 90,
  'kernel/drivers/gpu': 60,
  'kernel/drivers/ata': 40,
  'extra/drivers/new': 8,
};
const flags = '-m -o -s symbols';

test('all drivers are looked through by two, and what both find is there', async () => {
  expect(
    await install(drivers, `${flags} =drivers`),
  ).toBe(`--kerneldir /scratch/modules ${flags} =drivers/gpu =drivers/ata
--kerneldir /scratch/modules ${flags} =drivers/net =drivers/new
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
  expect(await install(drivers, '-o -m ahci =drivers')).toBe(
    '--kerneldir /scratch/modules -o -m ahci =drivers\n=drivers\n',
  );
});
