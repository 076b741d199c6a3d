/** What a root's links say to systemd about a unit: `multi-user.target`, `masked`. */
export function unitStates(links: { path: string; to: string }[]): Map<string, string> {
  const wanted = new Map<string, Set<string>>();
  const masked = new Set<string>();
  for (const { path, to } of links) {
    const [, manager, place, unit] =
      /^etc\/systemd\/(system|user)\/(?:([^/]+)\.(?:wants|requires|upholds)\/)?([^/]+)$/.exec(path) ?? [];
    if (!unit) continue;
    const name = manager === 'user' ? `${unit} (user)` : unit;
    if (to === '/dev/null' && !place) masked.add(name);
    else if (place) wanted.set(name, (wanted.get(name) ?? new Set()).add(place));
  }
  const states = [...wanted].map(([name, by]) => [name, [...by].sort().join(', ')] as const);
  return new Map([...states, ...[...masked].map((name) => [name, 'masked'] as const)]);
}
