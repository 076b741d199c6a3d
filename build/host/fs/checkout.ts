import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IngotError } from '../../model/errors.ts';
import { repository } from './files.ts';

/** Of many files that must have line ends of Unix, one that is there in every checkout. */
const witness = 'build/host/run/enter-sandbox.sh';

/**
 * Refuses a checkout whose line ends were converted to those of Windows: programs and overlays run as they
 * are, and each would fail in a way of its own, on the image at the latest.
 */
export async function assertUnconverted(checkout = repository): Promise<void> {
  if (!(await readFile(join(checkout, witness), 'utf8')).includes('\r\n')) return;
  throw new IngotError(
    'INPUT_INVALID',
    `the checkout ${checkout} was converted to line ends of Windows (CRLF), as in ${witness}`,
    {
      hint: 'clone it again with git -c core.autocrlf=false clone, or convert it back: git config core.autocrlf false && git rm -r -q --cached . && git reset --hard',
    },
  );
}
