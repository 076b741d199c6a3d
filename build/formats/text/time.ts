/** The day of a moment in seconds since 1970: `2026-10-30`. */
export function formatDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Whole days from one moment to a later one, both in seconds since 1970. */
export function daysBetween(from: number, to: number): number {
  return Math.floor((to - from) / 86_400);
}
