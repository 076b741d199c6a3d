import { getProxyForUrl } from 'proxy-from-env';
import { withoutPassword } from '../../formats/text/url.ts';
import { IngotError } from '../../model/errors.ts';

/** A proxy that the environment names for a URL. */
export interface Proxy {
  /** With user and password where it has them. */
  url: string;
  /** `http://proxy.example:3128 (https_proxy)`, without a password. */
  shown: string;
}

/**
 * The proxy that `http_proxy`, `https_proxy` or `all_proxy` name for a URL, unless `no_proxy` names its host;
 * in small letters or in capitals.
 */
export function proxyFor(url: string): Proxy | undefined {
  const found = getProxyForUrl(url);
  if (!found) return undefined;
  const variable = variableOf(url.startsWith('https:') ? 'https' : 'http');
  const shown = `${withoutPassword(found)} (${variable})`;
  if (/^https?:\/\/[^/]/i.test(found) && URL.canParse(found)) return { url: found, shown };
  throw new IngotError('USAGE', `proxy ${shown} is not the URL of an HTTP proxy`, {
    hint: `${variable}=http://proxy.example:3128, or name the hosts that need no proxy in no_proxy`,
  });
}

/** The proxies that the environment names, as programs that look at small letters alone want them. */
export function proxyVariables(): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name] || process.env[name.toUpperCase()];
      return value ? [[name, value]] : [];
    }),
  );
}

function variableOf(scheme: string): string {
  const names = [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  return names.find((name) => process.env[name]) ?? `npm_config_${scheme}_proxy`;
}
