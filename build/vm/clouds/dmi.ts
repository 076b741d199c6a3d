/** DMI strings by which a guest knows where it runs: SMBIOS structure → field → value. */
export type Dmi = { [type in 'bios' | 'system' | 'board' | 'chassis']?: { [field: string]: string } };

const numbers = { bios: 0, system: 1, board: 2, chassis: 3 };

/** A machine's own UUID; systemd makes the machine id of a guest from it. */
export function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function smbios(dmi: Dmi): string[] {
  return Object.entries(dmi).flatMap(([type, fields]) => {
    const values = Object.entries(fields).map(([field, value]) => `${field}=${value.replaceAll(',', ',,')}`);
    return ['-smbios', [`type=${numbers[type as keyof Dmi]}`, ...values].join(',')];
  });
}
