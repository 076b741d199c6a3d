import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { type ConnectionOptions, checkServerIdentity, type PeerCertificate } from 'node:tls';
import followRedirects from 'follow-redirects';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { interrupted } from '../interrupt.ts';
import { proxyFor } from './proxy.ts';
import { trustedContext } from './trust.ts';

export interface Request extends Pick<RequestOptions, 'method' | 'headers' | 'signal'> {
  /** Whether redirections are followed. Default true. */
  followRedirects?: boolean;
}

/**
 * The answer's head, after redirections, by way of the proxy that the environment names. For hundreds of
 * files, fetch() takes much more of the processor's time.
 */
export function request(url: string, options: Request): Promise<IncomingMessage> {
  const { request: send } = url.startsWith('https:') ? followRedirects.https : followRedirects.http;
  return new Promise((resolve, reject) => {
    const beforeRedirect = (next: RequestOptions & { href?: string }) => {
      // Another host may have another proxy, or none.
      Object.assign(next, wayTo(next.href!));
    };
    send(url, { ...options, ...wayTo(url), beforeRedirect }, resolve)
      .on('error', reject)
      .end();
  });
}

/** Whether a server answers that it has nothing there. */
export async function answersNotFound(url: string): Promise<boolean> {
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(30_000)]);
  const response = await request(url, { signal }).catch(() => undefined);
  response?.destroy();
  return response?.statusCode === 404 || response?.statusCode === 410;
}

/** One for each proxy and protocol, so that connections are used again. */
const agents = new Map<string, Agent>();

/** By whom a connection is made, and what it trusts. */
function wayTo(url: string): RequestOptions & ConnectionOptions {
  const secure = url.startsWith('https:');
  const secureContext = secure ? trustedContext() : undefined;
  const proxy = proxyFor(url)?.url;
  if (!proxy) return { agent: undefined, secureContext, checkServerIdentity };
  const key = `${secure} ${proxy}`;
  // The agent forgets an address in digits, and would look for localhost in the certificate.
  const identity = (_name: string, certificate: PeerCertificate) =>
    checkServerIdentity(new URL(url).hostname.replace(/^\[|]$/g, ''), certificate);
  if (!agents.has(key)) {
    const ProxyAgent = secure ? HttpsProxyAgent : HttpProxyAgent;
    const toProxy = proxy.startsWith('https:') ? { secureContext: trustedContext() } : {};
    agents.set(key, new ProxyAgent(proxy, { keepAlive: true, ...toProxy }));
  }
  return { agent: agents.get(key)!, secureContext, checkServerIdentity: identity };
}
