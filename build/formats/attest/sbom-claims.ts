/** What an SBOM says is in an image, by what it can be compared with. */
export interface SbomClaims {
  /** SHA-256 of the artifact. */
  artifact?: string;
  /** `name:architecture` → version. */
  packages: Map<string, string>;
  /** purl → SHA-256 of the package's file. */
  hashes: Map<string, string>;
  /** Name → SHA-256. */
  models: Map<string, string>;
  /** Path of the configuration → SHA-256. */
  kernel: Map<string, string>;
  kernelOptions: Map<string, string>;
}

interface Spdx {
  packages?: {
    SPDXID: string;
    name: string;
    versionInfo?: string;
    checksums?: { algorithm: string; checksumValue: string }[];
    externalRefs?: { referenceLocator: string }[];
  }[];
  files?: {
    fileName: string;
    checksums: { algorithm: string; checksumValue: string }[];
    comment?: string;
  }[];
}

interface CycloneDx {
  metadata?: { component?: Component };
  components?: Component[];
}

interface Component {
  type: string;
  name: string;
  version?: string;
  'bom-ref'?: string;
  purl?: string;
  hashes?: { alg: string; content: string }[];
  properties?: { name: string; value: string }[];
}

/** Of a document that its schema allows. */
export function claimsOfSpdx(value: unknown): SbomClaims {
  const { packages = [], files = [] } = value as Spdx;
  const claims = noClaims();
  for (const { SPDXID, name, versionInfo = '', checksums = [], externalRefs = [] } of packages) {
    const hash = sha256Of(checksums);
    const purl = externalRefs[0]?.referenceLocator;
    if (SPDXID === 'SPDXRef-image') claims.artifact = hash;
    else if (SPDXID.startsWith('SPDXRef-model-')) claim(claims.models, name, hash);
    else {
      claim(claims.packages, `${name}:${SPDXID.split('-').at(-1)}`, versionInfo);
      claim(claims.hashes, purl ?? name, hash);
    }
  }
  for (const { fileName, checksums, comment = '' } of files) {
    claims.kernel.set(fileName.replace(/^\./, ''), sha256Of(checksums));
    for (const [, name, option] of comment.matchAll(/^(CONFIG_\w+)=(.*)$/gm))
      claims.kernelOptions.set(name!, option!);
  }
  return claims;
}

/** Of a document that its schema allows. */
export function claimsOfCycloneDx(value: unknown): SbomClaims {
  const { metadata, components = [] } = value as CycloneDx;
  const claims = noClaims();
  claims.artifact = metadata?.component?.hashes?.[0]?.content;
  for (const component of components) {
    const { type, name, version = '', purl } = component;
    const hash = component.hashes?.[0]?.content ?? '';
    const properties = new Map((component.properties ?? []).map((p) => [p.name, p.value]));
    if (type === 'machine-learning-model') claim(claims.models, name, hash);
    else if (component['bom-ref'] === 'kernel') {
      claims.kernel.set(
        properties.get('ingot:config-path') ?? '',
        properties.get('ingot:config-sha256') ?? '',
      );
      for (const [option, is] of properties)
        if (option.startsWith('CONFIG_')) claims.kernelOptions.set(option, is);
    } else {
      claim(claims.packages, `${name}:${properties.get('ingot:architecture')}`, version);
      claim(claims.hashes, purl ?? name, hash);
    }
  }
  return claims;
}

/** What is said twice is not the same as what is said once. */
function claim(claims: Map<string, string>, name: string, value: string): void {
  const said = claims.get(name);
  claims.set(name, said === undefined ? value : `${said} and ${value}`);
}

function noClaims(): SbomClaims {
  const empty = () => new Map<string, string>();
  return { packages: empty(), hashes: empty(), models: empty(), kernel: empty(), kernelOptions: empty() };
}

function sha256Of(checksums: { algorithm: string; checksumValue: string }[]): string {
  return checksums.find(({ algorithm }) => algorithm === 'SHA256')?.checksumValue ?? '';
}
