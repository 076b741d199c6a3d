/** Metadata as most clouds publish it: folders that list their names, and values. */
export interface Tree {
  [name: string]: string | Tree;
}

/** The folder or value at a path; empty parts, as of a slash at the end, do not count. */
export function lookUp(tree: Tree, path: string): string | Tree | undefined {
  let found: string | Tree | undefined = tree;
  for (const name of path.split('/').filter(Boolean)) {
    if (typeof found !== 'object' || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

/** The names in a folder, one per line, folders with a slash. */
export function listing(folder: Tree): string {
  return Object.entries(folder)
    .map(([name, value]) => (typeof value === 'string' ? name : `${name}/`))
    .join('\n');
}
