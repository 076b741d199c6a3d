import { complaints, unknown } from '../testdata/apt-errors.ts';

const sha256 = 'c'.repeat(64);
const record = (name: string) => `Package: ${name}
Architecture: amd64
Version: 1:2.0-1
Installed-Size: 99
Filename: pool/main/${name[0]}/${name}/${name}_2.0-1_amd64.deb
Size: 1234
SHA256: ${sha256}
Description: Package: and Size: 5 in the middle of a line
 Version: 9 in a continuation line
`;

/** Well-formed texts that mutation begins with, of every kind that another program hands to Ingot. */
export const textSeeds = {
  packageLists: [
    'debian: [zstd, xz-utils]\n',
    '# why\ndebian:\n  - systemd\n  - libc6 # reason\narch:\n  - "zstd"\nmissing:\n  trixie:\n    - zstd\n',
  ],
  owners: ["etc/sudoers.d/x:\n  mode: '0440'\nvar/lib/x: { uid: 0, gid: 42 }\n", 'a: &o { uid: 1 }\nb: *o\n'],
  simulations: [
    `Reading package lists...
Remv old [1.0]
Inst libc6 (2.42-2 Debian:forky [amd64])
Inst zlib1g:amd64 [1:1.3] (1:1.3.1+dfsg-1+b1 Debian:forky [amd64]) []
Inst good (1.0~rc1 forky [all])
Conf good (1.0~rc1 forky [all])
`,
  ],
  records: [`${record('zstd')}\n${record('apt')}\n\n${record('zstd')}\n`, record('libc6')],
  releases: [
    `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Origin: Debian
Suite: testing
Date: Fri, 30 Oct 2026 08:08:01 UTC
Valid-Until: Sat, 07 Nov 2026 08:08:01 UTC
SHA256:
 ${sha256} 1234 main/binary-amd64/Packages
`,
    'Date: Sat, 01 Jan 2000 00:00:00 UTC\n',
  ],
  complaints: [...unknown, ...complaints].map(
    ({ stdout = '', stderr }) => `apt-get failed\n${stdout}${stderr}`,
  ),
  consoles: [
    `[    0.000000] Linux version 6.17.8
[    1.200000] squashfs: version 4.0 (2009/01/31) Phillip Lougher
[    3.000000] erofs (device loop1): corrupted compressed data
[   60.0] watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [swapper/0:1]\r
[  242.0] INFO: task mount:312 blocked for more than 120 seconds.
\u001b[0;1;31m[FAILED]\u001b[0m Failed to start llama-server.service - llama.cpp server.
Debian GNU/Linux forky/sid nanite ttyS0
`,
  ],
  templates: [
    'ExecStart=/usr/bin/x --port {{port}} --name "{{hostname}}"\n{{features.inference.port}}\n',
    'plain text, \\{{ kept }} { "json": {} }\n',
  ],
  vitest: [
    JSON.stringify({
      success: false,
      testResults: [
        {
          name: '/checkout/qemu-tests/zram.test.ts',
          message: '',
          assertionResults: [
            { fullName: 'zram is on', status: 'passed', duration: 12.5, failureMessages: [], meta: {} },
            {
              fullName: 'zram fails',
              status: 'failed',
              failureMessages: ['Error: no'],
              meta: { figures: { MiB: 12 } },
            },
          ],
        },
        { name: '/checkout/qemu-tests/image.test.ts', message: 'cannot be read', assertionResults: [] },
      ],
    }),
  ],
};
