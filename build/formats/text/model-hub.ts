/** Where models lie that a source names by repository and file. */
export const publicHub = 'https://huggingface.co';

/** Owner, repository and file of `hub:owner/repository/file`; undefined for another source. */
const named = /^hub:([\w.-]+)\/([\w.-]+)\/([\w.-]+(?:\/[\w.-]+)*)$/;

/** The address of a source on a hub; its branch is replaced by the locked revision. Others are their own. */
export function hubUrl(source: string, hub = publicHub): string {
  const [, owner, repository, file] = named.exec(source) ?? [];
  return file ? `${hub}/${owner}/${repository}/resolve/main/${file}` : source;
}

export function isOnHub(source: string): boolean {
  return source.startsWith('hub:');
}

export function isHubSource(source: string): boolean {
  return named.test(source) && !source.includes('..');
}
