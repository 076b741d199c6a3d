import { IngotError } from '../../model/errors.ts';

/**
 * The text in a file that goes on to a machine as it is. What an editor on Windows leaves in it is refused by
 * name: a shell, systemd and cloud-init each stumble over it in a way of their own. So are bytes that are no
 * UTF-8, which would not arrive as they are.
 */
export function unixText(bytes: Uint8Array, what: string, fix: string): string {
  const refused = (why: string, hint: string) => new IngotError('INPUT_INVALID', `${what} ${why}`, { hint });
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]))
    throw refused('is UTF-16', `save it as UTF-8, as by: iconv -f UTF-16 -t UTF-8 ${fix} > new`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused('is no UTF-8', 'save it as UTF-8');
  }
  const line = text.split('\n').findIndex((each) => each.endsWith('\r'));
  const marked = text.startsWith('\ufeff');
  const problems = [
    ...(marked ? ['begins with a byte order mark, before which nothing else may stand'] : []),
    ...(line >= 0 ? [`has line ends of Windows (CRLF), the first in line ${line + 1}`] : []),
  ];
  const program = [...(marked ? ['1s/^\\xef\\xbb\\xbf//'] : []), ...(line >= 0 ? ['s/\\r$//'] : [])].join(
    '; ',
  );
  if (problems.length)
    throw refused(problems.join(', and '), `save it as on Unix, or run: sed -i '${program}' ${fix}`);
  return text;
}

function startsWith(bytes: Uint8Array, start: number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
