import { IngotError } from '../../model/errors.ts';

const sectionHeaderBytes = 40;
/** Far more than any has, so that a lying table costs nothing. */
const mostSections = 256;
/** Linux on x86 takes 2 KiB. */
const mostBytes = 64 * 1024;

/**
 * Command lines in a unified kernel image: one, another for each further profile, or none, where the boot
 * loader is to say it. See https://uapi-group.org/specifications/specs/unified_kernel_image and, for the
 * format of the file, https://learn.microsoft.com/windows/win32/debug/pe-format; refuses one that does not
 * have what it says it has.
 */
export function parseUnifiedKernel(bytes: Buffer, what: string): string[] {
  const refuse = (reason: string): never => {
    throw new IngotError('INPUT_INVALID', `unified kernel image ${what}: ${reason}`, {
      hint: 'the image is damaged, or the file is not a kernel; get the image again or build it again',
    });
  };
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return refuse('no MZ at byte 0');
  const header = bytes.readUInt32LE(60);
  const coff = header + 4;
  if (coff + 20 > bytes.length || bytes.toString('latin1', header, coff) !== 'PE\0\0')
    return refuse(`no PE header at byte ${header}`);
  const count = bytes.readUInt16LE(coff + 2);
  if (count > mostSections) return refuse(`it has ${count} sections`);
  const table = coff + 20 + bytes.readUInt16LE(coff + 16);
  const tableEnd = table + count * sectionHeaderBytes;
  if (tableEnd > bytes.length)
    return refuse(`the table of its ${count} sections ends at byte ${tableEnd}, the file at ${bytes.length}`);
  const found: string[] = [];
  for (let section = 0; section < count; section++) {
    const at = table + section * sectionHeaderBytes;
    // What is loaded: the file is padded behind it, or memory is.
    const size = Math.min(bytes.readUInt32LE(at + 8), bytes.readUInt32LE(at + 16));
    const start = bytes.readUInt32LE(at + 20);
    if (size && start + size > bytes.length)
      return refuse(`section ${section + 1} ends at byte ${start + size}, the file at ${bytes.length}`);
    if (bytes.toString('latin1', at, at + 8) !== '.cmdline') continue;
    if (size > mostBytes) return refuse(`its command line has ${size} bytes`);
    found.push(bytes.toString('utf8', start, start + size).replace(/\0.*$/su, ''));
  }
  return found;
}
