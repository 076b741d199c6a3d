/** One mount of fstab(5). */
export interface FstabEntry {
  partUuid: string;
  mount: string;
  fileSystem: string;
  options: string[];
  /** Order of the file system check at boot; 0 is never. */
  pass: number;
}

export function renderFstab(entries: FstabEntry[]): string {
  const rows = entries.map(({ partUuid, mount, fileSystem, options, pass }) =>
    [`PARTUUID=${partUuid}`, mount, fileSystem, options.join(',') || 'defaults', '0', String(pass)].join(' '),
  );
  return `# Made from the recipe's disk. See fstab(5).\n${rows.join('\n')}\n`;
}
