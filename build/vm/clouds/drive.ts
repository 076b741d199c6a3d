import { join } from 'node:path';
import { type IsoContent, writeIso } from '../../formats/disk/iso9660.ts';
import { writeAtomic } from '../../host/fs/files.ts';

/** Writes a seed and returns what attaches it as a CD. */
export async function attachSeed(folder: string, content: IsoContent): Promise<string[]> {
  const path = join(folder, 'seed.iso');
  await writeAtomic(path, writeIso(content));
  return attachDrive(path);
}

export function attachDrive(path: string): string[] {
  const file = path.replaceAll(',', ',,');
  return [
    ...['-drive', `if=none,id=seed,format=raw,readonly=on,media=cdrom,file=${file}`],
    ...['-device', 'ide-cd,bus=ide.1,drive=seed'],
  ];
}
