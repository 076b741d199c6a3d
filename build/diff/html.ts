import { escapeHtml, pageStyle } from '../formats/text/html.ts';
import type { Verdict } from './gates.ts';
import type { ImageDiff } from './images.ts';
import { sectionsOf, sizeLine } from './sections.ts';
import { verdictOf } from './text.ts';

/** A page with every difference, which needs no other file. */
export function renderHtml(diff: ImageDiff, verdicts: Verdict[]): string {
  const { a, b } = diff;
  const heads: [string, string][] = [
    ['a', `${a.file}\n${a.sha256}`],
    ['b', `${b.file}\n${b.sha256}`],
    ['size', sizeLine(diff)],
  ];
  const rows = heads.map(
    ([name, value]) => `<tr><th>${name}</th><td><pre>${escapeHtml(value)}</pre></td></tr>`,
  );
  const gates = verdicts.map(
    ({ expression, ok, found }) =>
      `<tr class="${ok ? 'ok' : 'failed'}"><td>${ok ? 'ok' : 'EXCEEDED'}</td>` +
      `<td>${escapeHtml(expression)}</td><td>${escapeHtml(found)}</td></tr>`,
  );
  const sections = (diff.identical ? [] : sectionsOf(diff)).map(
    ({ title, lines }) =>
      `<details${lines.length <= 50 ? ' open' : ''}><summary>${escapeHtml(title)} (${lines.length})</summary>\n` +
      `<pre>${lines.map(escapeHtml).join('\n')}</pre></details>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeHtml(a.file)} and ${escapeHtml(b.file)}</title>
<style>
${pageStyle}
</style>
<h1>${escapeHtml(verdictOf(diff))}</h1>
<table>
${rows.join('\n')}
</table>
<table>
${gates.join('\n')}
</table>
${sections.join('\n')}
</html>
`;
}
