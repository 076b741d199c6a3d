import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { testArtifacts } from '../commands/test.ts';
import { repository } from '../host/fs/files.ts';
import { createProgress } from '../host/progress.ts';
import { openStore } from '../host/store/store.ts';
import type { IngotError } from '../model/errors.ts';
import type { Firmware } from '../model/types.ts';
import { readArtifact } from '../project/artifact.ts';
import { buildDefaultImage, type DefaultImage } from './support/default-image.ts';

let image: DefaultImage;
const progress = createProgress({ json: false });
const out = join(repository, 'out', 'test');

beforeAll(async () => {
  image = await buildDefaultImage();
  // As gc does with what was not asked for in a long time; the image itself is whole, and building it makes none of it.
  const [model] = (await readArtifact(image.path)).models;
  rmSync((await openStore()).file(model!.sha256), { force: true });
});

test.each(['bios', 'uefi'] as Firmware[])(
  'the image boots by %s and passes every check',
  async (firmware) => {
    const [report] = await testArtifacts([image.path], { firmware: [firmware], out }, progress);
    expect(report!.ok).toBe(true);
    expect(report!.checks.length).toBeGreaterThan(25);
  },
);

describe('a planted fault fails the test with SMOKE_FAILED', () => {
  const dropIn = (unit: string) => `systemd.unit-dropin.${unit}`;
  const truncated = '/run/llama-server/truncated.gguf';
  const faults: { fault: string; credentials: Record<string, string>; failing: RegExp[] }[] = [
    {
      fault: 'a truncated model',
      credentials: {
        [dropIn('llama-server.service')]: `[Service]
Environment=LLAMA_ARG_MODEL=${truncated}
ExecStartPre=/bin/sh -c 'head --bytes=20000000 /usr/share/ai/models/smoke.gguf > ${truncated}'
`,
      },
      failing: [
        /no unit failed: .*llama-server\.service/,
        /the server becomes healthy/,
        /a chat completion returns tokens/,
      ],
    },
    {
      fault: 'a disabled unit',
      credentials: { [dropIn('llama-server.service')]: '[Unit]\nConditionPathExists=/nowhere\n' },
      failing: [/the server becomes healthy/, /a chat completion returns tokens/],
    },
    {
      fault: 'a failing unit',
      credentials: {
        'systemd.extra-unit.planted.service': '[Service]\nType=oneshot\nExecStart=/bin/false\n',
        [dropIn('multi-user.target')]: '[Unit]\nWants=planted.service\n',
      },
      failing: [
        /no unit failed: .*planted\.service/,
        /console and journal tell of no failure: .*Failed to start/,
      ],
    },
  ];

  test.each(faults)('$fault', async ({ fault, credentials, failing }) => {
    const options = {
      firmware: ['bios' as const],
      out: join(out, fault.replaceAll(' ', '-')),
      credentials,
      only: ['image', 'inference'],
    };
    const error: IngotError = await testArtifacts([image.path], options, progress).then(
      () => expect.unreachable('the planted fault was not noticed'),
      (thrown) => thrown,
    );
    expect(error.code).toBe('SMOKE_FAILED');
    for (const pattern of failing) expect(error.message).toMatch(pattern);
  });
});
