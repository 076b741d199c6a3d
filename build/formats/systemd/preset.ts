/** systemd.preset(5) text that turns the named units on. */
export function renderPreset(units: string[]): string {
  return units
    .toSorted()
    .map((unit) => `enable ${unit}\n`)
    .join('');
}

/** The last preset: what neither Ingot nor systemd's own presets name stays off. */
export const restOff = 'disable *\n';
