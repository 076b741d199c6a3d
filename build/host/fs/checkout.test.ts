import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { runProgram } from '../../testdata/program.ts';
import { assertUnconverted } from './checkout.ts';
import { repository } from './files.ts';
import { withScratchFolder } from './scratch.ts';

const witness = 'build/host/run/enter-sandbox.sh';
const sample = [witness, 'scripts/setup.sh', 'docs/pictures/screen.png', 'overlays/zram', '.gitattributes'];

it('a checkout keeps its line ends where git converts them by its settings', () =>
  withScratchFolder('git', async (folder) => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    for (const path of sample) {
      mkdirSync(dirname(join(from, path)), { recursive: true });
      cpSync(join(repository, path), join(from, path), { recursive: true });
    }
    const person = ['-c', 'user.name=x', '-c', 'user.email=x@example.org'];
    const git = async (...words: string[]) =>
      expect(await runProgram(['git', ...person, ...words], folder)).toMatchObject({ status: 0 });
    await git('init', '--quiet', from);
    await git('-C', from, 'add', '.');
    await git('-C', from, 'commit', '--quiet', '-m', 'x');
    await git('-c', 'core.autocrlf=true', 'clone', '--quiet', from, to);
    for (const path of [witness, 'scripts/setup.sh', 'docs/pictures/screen.png'])
      expect(readFileSync(join(to, path)).equals(readFileSync(join(repository, path)))).toBe(true);
    await expect(assertUnconverted(to)).resolves.toBeUndefined();
  }));

it('a checkout that was converted all the same is refused as that, by setup as well', () =>
  withScratchFolder('converted', async (folder) => {
    for (const path of [witness, 'scripts/setup.sh']) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(
        join(folder, path),
        readFileSync(join(repository, path), 'utf8').replaceAll('\n', '\r\n'),
      );
    }
    await expect(assertUnconverted(folder)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: `the checkout ${folder} was converted to line ends of Windows (CRLF), as in ${witness}`,
      hint: expect.stringContaining('core.autocrlf=false'),
    });
    for (const shell of ['sh', 'bash'])
      expect(await runProgram([shell, 'scripts/setup.sh'], folder)).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(
          /^error INPUT_INVALID: this checkout was converted .*autocrlf=false clone\n$/,
        ),
      });
  }));
