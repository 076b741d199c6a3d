import type { ErrorCode } from '../model/errors.ts';

const impossible = `Reading package lists...
Building dependency tree...
Some packages could not be installed. This may mean that you have
requested an impossible situation or if you are using the unstable
distribution that some required packages have not yet been created
or been moved out of Incoming.
The following information may help to resolve the situation:

The following packages have unmet dependencies:
 a : Depends: c (= 1) but it is not going to be installed
 needs-gone : Depends: gone-thing (>= 2) but it is not installable
              Depends: other-gone but it is not installable
`;
const together =
  'forky cannot install the packages together: a : Depends: c (= 1) but it is not going to be installed; ' +
  'needs-gone : Depends: gone-thing (>= 2) but it is not installable; ' +
  'Depends: other-gone but it is not installable';
const unsigned = 'the Release file of forky is not signed by the Debian keyring';
const noFiles = 'E: Some index files failed to download. They have been ignored, or old ones used instead.\n';
const unsignedToo = "E: The repository 'https://deb.example/debian forky InRelease' is not signed.\n";
const inRelease = 'http://deb.example/debian forky InRelease';

/** Test input: what apt really prints of packages that nobody has, and their names. */
export const unknown: { stdout?: string; stderr: string; names: string[] }[] = [
  {
    stderr: 'E: Unable to locate package nosuch\nE: Unable to locate package another\n',
    names: ['another', 'nosuch'],
  },
  {
    stdout: `Package only-referred is not available, but is referred to by another package.
This may mean that the package is missing, has been obsoleted, or
is only available from another source
`,
    stderr: "E: Package 'only-referred' has no installation candidate\n",
    names: ['only-referred'],
  },
];

/** Test input: what apt 2.6 (Debian 12) and 3.3 (forky) really print, and the error that it means. */
export const complaints: {
  what: string;
  stdout?: string;
  stderr: string;
  code: ErrorCode;
  message: string;
  /** A part of it. */
  hint?: string;
}[] = [
  {
    what: 'unmet dependencies by apt 2.6, which lists them on standard output alone',
    stdout: impossible,
    stderr: 'E: Unable to correct problems, you have held broken packages.\n',
    code: 'PACKAGE_UNKNOWN',
    message: together,
  },
  {
    what: 'unmet dependencies by apt 3.3',
    stdout: impossible,
    stderr: `E: Unable to satisfy dependencies. Reached two conflicting assignments:
   1. needs-gone:amd64=1.0 is selected for install
   2. needs-gone:amd64 Depends gone-thing (>= 2)
      but none of the choices are installable:
      [no choices]
`,
    code: 'PACKAGE_UNKNOWN',
    message: together,
  },
  {
    what: 'a resolver that gives up without a list',
    stderr: 'E: Error, pkgProblemResolver::Resolve generated breaks, this may be caused by held packages.\n',
    code: 'PACKAGE_UNKNOWN',
    message:
      'forky cannot install the packages together: ' +
      'E: Error, pkgProblemResolver::Resolve generated breaks, this may be caused by held packages.',
  },
  {
    what: 'a Release signed by a key that is not in the keyring (gpgv)',
    stderr: `W: GPG error: ${inRelease}: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 515CA67DC7E9827E
E: The repository '${inRelease}' is not signed.
`,
    code: 'SIGNATURE_INVALID',
    message: unsigned,
  },
  {
    what: 'a Release signed by a key that is not in the keyring (sqv)',
    stderr: `W: Signature verification failed: ${inRelease}: Sub-process /usr/bin/sqv returned an error code (1), error message is: Missing key 6F9C3841EAE60173FC26608C515CA67DC7E9827E, which is needed to verify signature.
E: The repository '${inRelease}' is not signed.
`,
    code: 'SIGNATURE_INVALID',
    message: unsigned,
  },
  {
    what: 'a Release that was changed after it was signed',
    stderr: `W: GPG error: ${inRelease}: The following signatures were invalid: BADSIG 515CA67DC7E9827E
E: The repository '${inRelease}' is not signed.
`,
    code: 'SIGNATURE_INVALID',
    message: unsigned,
  },
  {
    what: 'a Release without a signature',
    stderr: "E: The repository 'http://deb.example/debian forky Release' is not signed.\n",
    code: 'SIGNATURE_INVALID',
    message: unsigned,
  },
  {
    what: 'a mirror that refuses connections',
    stderr: `E: Failed to fetch http://deb.example/debian/dists/forky/InRelease  Could not connect to deb.example:80 (192.0.2.1). - connect (111: Connection refused)
${noFiles}`,
    code: 'MIRROR_DOWN',
    message:
      'cannot read the package index of forky: E: Failed to fetch http://deb.example/debian/dists/forky/InRelease' +
      '  Could not connect to deb.example:80 (192.0.2.1). - connect (111: Connection refused)',
  },
  {
    what: 'a mirror whose name nobody knows',
    stderr: `E: Failed to fetch http://nope.invalid/dists/forky/InRelease  Could not resolve 'nope.invalid'\n${noFiles}`,
    code: 'MIRROR_DOWN',
    message:
      "cannot read the package index of forky: E: Failed to fetch http://nope.invalid/dists/forky/InRelease  Could not resolve 'nope.invalid'",
  },
  {
    what: 'a mirror that is half-way through its own update',
    stderr: `E: Failed to fetch http://deb.example/debian/dists/forky/main/binary-amd64/Packages  File has unexpected size (2590 != 2589). Mirror sync in progress? [IP: 192.0.2.1 80]
   Hashes of expected file:
    - Filesize:2589 [weak]
${noFiles}`,
    code: 'MIRROR_DOWN',
    message:
      'cannot read the package index of forky: E: Failed to fetch http://deb.example/debian/dists/forky/main/binary-amd64/Packages' +
      '  File has unexpected size (2590 != 2589). Mirror sync in progress? [IP: 192.0.2.1 80]',
  },
  {
    what: 'a server without this suite',
    stderr: "E: The repository 'http://deb.example/pool forky Release' does not have a Release file.\n",
    code: 'MIRROR_DOWN',
    message:
      "cannot read the package index of forky: E: The repository 'http://deb.example/pool forky Release' does not have a Release file.",
  },
  ...[
    {
      what: 'a certificate of an unknown authority (GnuTLS)',
      says: 'Certificate verification failed: The certificate is NOT trusted. The certificate issuer is unknown.  Could not handshake: Error in the certificate verification. [IP: 192.0.2.1 443]',
      hint: '--ca <file>',
    },
    {
      what: 'a certificate of an unknown authority (OpenSSL)',
      says: 'SSL connection failed: error:0A000086:SSL routines::certificate verify failed / Success [IP: 192.0.2.1 443]',
      hint: '--ca <file>',
    },
    {
      what: 'a proxy that wants a password for a tunnel',
      says: 'Invalid response from proxy: HTTP/1.1 407 Proxy Authentication Required     [IP: 192.0.2.1 3128]',
      hint: 'user and password',
    },
    {
      what: 'a proxy that wants a password',
      says: '407  Proxy Authentication Required [IP: 192.0.2.1 3128]',
      after: unsignedToo,
      hint: 'user and password',
    },
    {
      what: 'a mirror that refuses',
      says: '403  Forbidden [IP: 192.0.2.1 80]',
      after: unsignedToo,
      hint: 'check the network and mirror http://deb.example/debian (--mirror)',
    },
    {
      what: 'the login page of a network',
      says: "Clearsigned file isn't valid, got 'NOSPLIT' (does the network require authentication?)",
      after: unsignedToo,
      hint: 'wants a login',
    },
  ].map(({ what, says, after = noFiles, hint }) => {
    const line = `E: Failed to fetch https://deb.example/debian/dists/forky/InRelease  ${says}`;
    const message = `cannot read the package index of forky: ${line}`;
    return { what, stderr: `${line}\n${after}`, code: 'MIRROR_DOWN' as const, message, hint };
  }),
];
