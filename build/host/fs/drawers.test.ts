import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readOverlayFile } from './drawers.ts';
import { withScratchFolder } from './scratch.ts';
import { writeFiles } from './write-files.ts';

const read = (path: string, content: string | Buffer) =>
  withScratchFolder('overlay', async (folder) => {
    await writeFiles(folder, { [path]: content });
    return readOverlayFile(folder, path, {});
  });

it.each([
  ['usr/lib/x/start', '#!/bin/sh\nprintf "a\\r\\n"\n'],
  ['etc/issue', 'grüß dich\n'],
])('takes %s as it is', async (path, content) => {
  expect(await read(path, content)).toMatchObject({ path, kind: 'file', content });
});

it.each<[string, string | Buffer, RegExp]>([
  [
    'usr/lib/x/start',
    '#!/bin/sh\r\nset -e\r\n',
    /start has line ends of Windows \(CRLF\), the first in line 1$/,
  ],
  ['etc/systemd/system/x.service', '[Unit]\nDescription=x\r\n', /x\.service has line ends .* line 2$/],
  ['etc/motd.hbs', '{{ hostname }}\r\n', /motd\.hbs has line ends/],
  ['etc/profile.d/x.sh', '\ufeffexport A=1\n', /x\.sh begins with a byte order mark/],
  ['usr/share/x.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]), /x\.png is no UTF-8$/],
])('refuses %s with %j by name', async (path, content, says) => {
  await expect(read(path, content)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringMatching(/^overlay file /),
  });
  await expect(read(path, content)).rejects.toThrow(says);
});

it('names the file in the command that mends it', () =>
  withScratchFolder('overlay', async (folder) => {
    await writeFiles(folder, { a: 'x\r\n' });
    await expect(readOverlayFile(folder, 'a', {})).rejects.toMatchObject({
      hint: expect.stringContaining(`sed -i 's/\\r$//' ${join(folder, 'a')}`),
    });
  }));
