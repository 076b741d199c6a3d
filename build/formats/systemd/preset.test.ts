import { expect, it } from 'vitest';
import { renderPreset, restOff } from './preset.ts';

it('enables the named units, sorted, one per line', () => {
  expect(renderPreset(['ssh.service', 'fstrim.timer'])).toBe('enable fstrim.timer\nenable ssh.service\n');
});

it('is empty for no unit', () => {
  expect(renderPreset([])).toBe('');
});

it('leaves its argument as it was', () => {
  const units = ['b.service', 'a.service'];
  renderPreset(units);
  expect(units).toEqual(['b.service', 'a.service']);
});

it('keeps off whatever no preset names', () => {
  expect(restOff).toBe('disable *\n');
});
