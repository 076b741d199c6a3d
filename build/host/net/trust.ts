import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { IngotError } from '../../model/errors.ts';

/** Variables that name certificate authorities to other programs; a file each. */
const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'];

/** What the host itself trusts, where its administrator may have added an authority. */
const hostBundle = '/etc/ssl/certs/ca-certificates.crt';

let option: string | undefined;
let pem: string | undefined;
let context: SecureContext | undefined;

/** Trusts the authorities of a file besides all others; for `--ca`. A file that holds none is refused. */
export function trustAlso(path: string): void {
  certificatesOf(path, '--ca');
  option = path;
  pem = undefined;
  context = undefined;
}

/**
 * Certificates of all authorities that are trusted when something is fetched, as PEM: Node's, the host's, and
 * those of `--ca` and of the usual variables.
 */
export function trustedAuthorities(): string {
  pem ??= gather();
  return pem;
}

/** The same for connections of Node's own; made once, as it takes a while. */
export function trustedContext(): SecureContext {
  context ??= createSecureContext({ ca: trustedAuthorities() });
  return context;
}

function gather(): string {
  const named = variables.map((name) => [process.env[name], name] as const);
  const further = [...named, [option, '--ca'] as const].flatMap(([path, by]) =>
    path ? certificatesOf(path, by) : [],
  );
  const host = existsSync(hostBundle) ? blocksOf(readFileSync(hostBundle, 'latin1')) : [];
  return [...new Set([...rootCertificates, ...host, ...further])].join('\n');
}

/** A file of one or several certificates in PEM, or of one in DER. */
function certificatesOf(path: string, givenBy: string): string[] {
  const refused = (why: string, cause?: unknown) =>
    new IngotError('PATH_UNUSABLE', `${givenBy}: ${path} ${why}`, {
      hint: 'name a file with certificates of authorities, which begin with -----BEGIN CERTIFICATE-----',
      cause,
    });
  if (!existsSync(path)) throw refused('does not exist');
  if (!statSync(path).isFile()) throw refused('is no file');
  const bytes = readFileSync(path);
  const blocks = blocksOf(bytes.toString('latin1'));
  try {
    return (blocks.length ? blocks : [bytes]).map((each) => new X509Certificate(each).toString().trim());
  } catch (cause) {
    throw refused(blocks.length ? 'has a damaged certificate' : 'holds no certificate', cause);
  }
}

function blocksOf(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
