/** The manifest of an OVF package (DSP0243, "OVF package"): a SHA-256 for each file but itself, in package order. */
export function renderOvfManifest(files: { name: string; sha256: string }[]): string {
  return files.map(({ name, sha256 }) => `SHA256(${name})= ${sha256}\n`).join('');
}

/** File name → SHA-256. */
export function parseOvfManifest(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^SHA256\((.+)\)= ([0-9a-f]{64})$/gm)].map(([, name, sum]) => [name!, sum!]),
  );
}
