import { afterEach, expect, it, vi } from 'vitest';
import { createProgress } from './progress.ts';

const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => written.mockClear());
const lines = () => written.mock.calls.map(([text]) => String(text).trimEnd());

function session(json: boolean): void {
  const progress = createProgress({ json });
  const end = progress.begin('root image', 'abc');
  progress.bytes('fetch', 0, 2048);
  for (const done of [10, 20, 1024, 1030, 2048]) progress.bytes('fetch', done, 2048);
  progress.note('kvm: it works');
  end();
  progress.begin('bare')('cached');
}

it('writes lines for people, a line per tenth of a transfer', () => {
  session(false);
  expect(lines()).toEqual([
    '  root image       abc',
    '  fetch            0 B of 2.0 KiB',
    '  fetch            1.0 KiB of 2.0 KiB',
    '  fetch            2.0 KiB of 2.0 KiB',
    '  kvm: it works',
    expect.stringMatching(/^ {2}root image {7}done, 0\.\d s$/),
    '  bare',
    expect.stringMatching(/^ {2}bare {13}cached, 0\.\d s$/),
  ]);
});

it('writes the same as JSON, one object per line', () => {
  session(true);
  expect(lines().map((line) => JSON.parse(line))).toEqual([
    { event: 'begin', step: 'root image', detail: 'abc' },
    { event: 'bytes', step: 'fetch', done: 0, total: 2048 },
    { event: 'bytes', step: 'fetch', done: 1024, total: 2048 },
    { event: 'bytes', step: 'fetch', done: 2048, total: 2048 },
    { event: 'note', text: 'kvm: it works' },
    { event: 'end', step: 'root image', outcome: 'done', milliseconds: expect.any(Number) },
    { event: 'begin', step: 'bare' },
    { event: 'end', step: 'bare', outcome: 'cached', milliseconds: expect.any(Number) },
  ]);
});
