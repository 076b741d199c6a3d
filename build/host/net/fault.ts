import { withoutPassword } from '../../formats/text/url.ts';
import { IngotError } from '../../model/errors.ts';
import { proxyFor } from './proxy.ts';

/** A failed try; `final` ones are not repeated. */
export interface Fault extends Error {
  final?: boolean;
  /** Of HTTP. */
  status?: number;
  code?: string;
}

/** What to do about a file that could not be fetched. */
export interface Hints {
  /** Nobody answers. */
  down: string;
  /** The server has no such file. */
  gone: string;
  /** It has another one. */
  changed: string;
}

/** What Node says of a certificate, and what it means. */
const certificates: { codes: string[]; means: string; hint: string }[] = [
  {
    codes: [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
      'INVALID_CA',
    ],
    means: 'its certificate is of an authority that is not trusted here',
    hint: "if it is your network's own authority, name its certificate with --ca <file> or NODE_EXTRA_CA_CERTS",
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    means: 'its certificate is not valid now',
    hint: 'look at the clock of this machine with date; if it is right, the server needs a new certificate',
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    means: 'its certificate is for another name',
    hint: 'name the server as its certificate does',
  },
];

/** Whether another try cannot end otherwise. */
export function isFinal({ final, code }: Fault): boolean {
  return final === true || certificates.some(({ codes }) => codes.includes(code!));
}

/** What a failed download means: the file, the proxy where there is one, why, and what to do. */
export function explainFault(url: string, fault: Fault, hints: Hints): IngotError {
  const proxy = proxyFor(url)?.shown;
  const file = withoutPassword(url);
  const { status } = fault;
  if (status === 404 || status === 410)
    return new IngotError(
      'LOCK_GONE',
      `${file}: HTTP ${status}, the server does not have this file any more`,
      {
        hint: hints.gone,
      },
    );
  const down = (why: string, hint: string) =>
    new IngotError('MIRROR_DOWN', `${file}${proxy ? ` through the proxy ${proxy}` : ''}: ${why}`, {
      hint,
      cause: fault,
    });
  if (status === 407)
    return down(
      'HTTP 407, the proxy asks for a user and a password',
      'write them into the variable, as in http://user:password@proxy.example:3128',
    );
  const certificate = certificates.find(({ codes }) => codes.includes(fault.code!));
  if (certificate) return down(`${certificate.means}: ${fault.message}`, certificate.hint);
  return down(
    reasonOf(fault),
    proxy ? `check the proxy, or name hosts that need none in no_proxy; ${hints.down}` : hints.down,
  );
}

/** Of several addresses that were tried at once, Node gives an error without a message. */
function reasonOf(fault: Error): string {
  const { cause } = fault;
  if (cause instanceof Error) return reasonOf(cause);
  if (fault instanceof AggregateError) return [...new Set(fault.errors.map(reasonOf))].join('; ');
  return fault.message;
}
