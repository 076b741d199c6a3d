/** The files that `attest` makes beside an artifact, by what comes after the artifact's name. */
export const sidecars = { spdx: 'spdx.json', cyclonedx: 'cdx.json', provenance: 'provenance.json' } as const;

export const checksumsSuffix = 'SHA256SUMS';

/** What comes after the name of the SHA256SUMS file, per kind of key. */
export const signatureSuffixes = { minisign: 'minisig', ssh: 'sig' } as const;

export type SignatureKind = keyof typeof signatureSuffixes;
