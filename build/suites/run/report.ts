import { stripVTControlCharacters } from 'node:util';
import { escapeHtml, pageStyle } from '../../formats/text/html.ts';
import { formatDuration } from '../../formats/text/size.ts';
import type { Outcome } from './run-suite.ts';

const head = ['suite', 'passed', 'failed', 'skipped', 'repeated boots', 'time'];

/** One table of all suites for a terminal, and what failed below it. */
export function renderTable(outcomes: Outcome[]): string {
  const rows = [head, ...outcomes.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[0]!))).join('  '),
  );
  const failures = outcomes.flatMap(({ suite, failures }) =>
    failures.map(({ test, message }) => `FAILED ${suite.file}: ${test}: ${firstLineOf(message)}`),
  );
  return [...lines, '', ...failures, summaryOf(outcomes), countsOf(outcomes)].join('\n');
}

/** The same as one HTML page, with the whole messages. */
export function renderPage(outcomes: Outcome[]): string {
  const heads = head.map((title) => `<th>${title}</th>`).join('');
  const rows = outcomes.map((outcome) => {
    const cells = cellsOf(outcome).map((cell) => `<td>${escapeHtml(cell)}</td>`);
    return `<tr class="${outcome.ok ? 'ok' : 'failed'}">${cells.join('')}</tr>`;
  });
  const failures = outcomes.flatMap(({ suite, failures }) =>
    failures.map(
      ({ test, message }) =>
        `<details open><summary>${escapeHtml(`${suite.file}: ${test}`)}</summary>` +
        `<pre>${escapeHtml(stripVTControlCharacters(message))}</pre></details>`,
    ),
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Suites</title>
<style>${pageStyle}</style>
<h1>${escapeHtml(summaryOf(outcomes))}</h1>
<table>
<tr>${heads}</tr>
${rows.join('\n')}
</table>
${failures.join('\n')}
</html>
`;
}

export function summaryOf(outcomes: Outcome[]): string {
  const failed = outcomes.filter(({ ok }) => !ok).length;
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  return `${outcomes.length} suites in ${formatDuration(seconds * 1000)}: ${failed ? `${failed} FAILED` : 'all passed'}`;
}

/** The last line, which is the same whatever ran: `210 passed, 0 failed, 0 skipped`. */
function countsOf(outcomes: Outcome[]): string {
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  // A suite in which no test ran has failed as well.
  const without = outcomes.filter(({ ok, failed }) => !ok && !failed).length;
  return `${sum('passed')} passed, ${sum('failed') + without} failed, ${sum('skipped')} skipped`;
}

function cellsOf({ suite, passed, failed, skipped, repeatedBoots, seconds, ok }: Outcome): string[] {
  const name = `${suite.project}/${suite.name}${ok ? '' : ' FAILED'}`;
  return [name, ...[passed, failed, skipped, repeatedBoots].map(String), formatDuration(seconds * 1000)];
}

function firstLineOf(message: string): string {
  return stripVTControlCharacters(message).trim().split('\n')[0]!.slice(0, 300);
}
