import { IngotError } from '../model/errors.ts';

/** Checks a text against the published schema of CycloneDX 1.6; throws one error that lists every problem. */
export async function validateCycloneDx(text: string, what: string): Promise<void> {
  // Slow to load, and only one verb asks.
  const { Spec, Validation } = await import('@cyclonedx/cyclonedx-library');
  const found = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
  if (!found) return;
  const errors = found as { instancePath?: string; message?: string }[];
  const problems = errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).sort();
  throw new IngotError('INPUT_INVALID', `${what}: ${[...new Set(problems)].join('; ')}`);
}
