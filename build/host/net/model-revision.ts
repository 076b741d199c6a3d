import { hubUrl, publicHub } from '../../formats/text/model-hub.ts';
import { interrupted } from '../interrupt.ts';
import { request } from './request.ts';

/** How model hubs name a file of a repository: `…/resolve/<branch, tag or commit>/<file>`. */
const resolvePath = /(\/resolve\/)([^/]+)(\/)/;

/**
 * The commit that a model's URL means now: what the hub answers in `X-Repo-Commit`, else the URL's own
 * revision; undefined for a URL that names none.
 */
export async function modelRevision(url: string): Promise<string | undefined> {
  const named = resolvePath.exec(url)?.[2];
  if (!named || /^[0-9a-f]{40}$/.test(named)) return named;
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(30_000)]);
  // The hub answers with a redirection to the file's store; the header is on that answer alone.
  const head = { method: 'HEAD', followRedirects: false, signal };
  const response = await request(url, head).catch(() => undefined);
  response?.destroy();
  return response?.headers['x-repo-commit']?.toString() ?? named;
}

/** The URL with the locked commit in place of a branch, which moves on. */
export function pinnedUrl(url: string, revision: string | undefined): string {
  return revision ? url.replace(resolvePath, `$1${revision}$3`) : url;
}

/** The address of a model's source; `INGOT_MODEL_HUB` names another hub, as that of an office. */
export function urlOf(source: string): string {
  return hubUrl(source, (process.env.INGOT_MODEL_HUB || publicHub).replace(/\/+$/, ''));
}
