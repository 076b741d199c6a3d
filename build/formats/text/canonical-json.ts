import { createHash } from 'node:crypto';

/** JSON with sorted keys and no white space: equal values give equal text, so its hash is an identity. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
}

/** Lower-case hex SHA-256 of a text or of a value's canonical JSON. */
export function sha256(value: unknown): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : canonicalJson(value))
    .digest('hex');
}

/**
 * A UUID (version 8, RFC 9562) derived from a SHA-256 hex digest: ids that must look random but be the same
 * each time.
 */
export function uuidFrom(hex: string): string {
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
