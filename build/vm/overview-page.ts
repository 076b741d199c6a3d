import { escapeHtml } from '../formats/text/html.ts';
import { type OverviewRow, overviewRows } from './overview.ts';
import type { SmokeReport } from './report.ts';

/**
 * A page about all artifacts, with the picture of each start as base64 by its folder, and why others have
 * none.
 */
export function renderOverview(
  reports: SmokeReport[],
  pictures: { [folder: string]: string },
  failures: string[],
): string {
  const rows = overviewRows(reports);
  const failed = failures.length + reports.filter(({ ok }) => !ok).length;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Every artifact, started in QEMU</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 90rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem; border-bottom: 1px solid #ddd; }
.failed { color: #b00020; } figure { display: inline-block; margin: 0 1rem 1rem 0; }
img { width: 26rem; max-width: 100%; border: 1px solid #ddd; } pre { white-space: pre-wrap; }
</style>
<h1>${rows.length} artifacts, ${reports.length} starts: ${failed ? `${failed} FAILED` : 'all passed'}</h1>
<table>
<tr>${columns.map(([title]) => `<th>${title}</th>`).join('')}</tr>
${rows.map(renderRow).join('\n')}
</table>
${failures.map((failure) => `<pre class="failed">${escapeHtml(failure)}</pre>`).join('\n')}
${reports.flatMap(renderFailures).join('\n')}
${reports.map((report) => renderPicture(report, pictures[report.folder])).join('\n')}
</html>
`;
}

const verdict = ({ ok, failed }: { ok: number; failed: number }) =>
  `${ok} ok${failed ? `, ${failed} failed` : ''}`;

const columns: [title: string, value: (row: OverviewRow) => string][] = [
  ['artifact', ({ artifact }) => artifact],
  ['format', ({ format }) => format],
  ['platform', ({ platforms }) => platforms.join(', ')],
  ['firmware', ({ firmware }) => firmware.join(', ')],
  ['controllers', ({ controllers }) => controllers.join(', ')],
  ['seconds to SSH', ({ measured }) => measured.bootSeconds.join(', ')],
  ['checks', ({ checks }) => verdict(checks)],
  ['tokens/s', ({ measured }) => measured.tokensPerSecond?.toFixed(1) ?? ''],
  ['identity', ({ sameIdentity }) => (sameIdentity ? 'stable' : 'changed')],
  ['power cuts', ({ powerCuts }) => verdict(powerCuts)],
];

function renderRow(row: OverviewRow): string {
  const failed = row.checks.failed || row.powerCuts.failed || !row.sameIdentity;
  const cells = columns.map(([, value]) => `<td>${escapeHtml(value(row))}</td>`);
  return `<tr${failed ? ' class="failed"' : ''}>${cells.join('')}</tr>`;
}

function renderFailures({ artifact, start, checks }: SmokeReport): string[] {
  return checks
    .filter(({ ok }) => !ok)
    .map(
      ({ name, message = '' }) =>
        `<h2 class="failed">${escapeHtml(artifact)}, start ${start}: ${escapeHtml(name)}</h2>\n` +
        `<pre>${escapeHtml(message)}</pre>`,
    );
}

function renderPicture({ artifact, platform, start, firmware }: SmokeReport, picture?: string): string {
  if (!picture) return '';
  const caption = escapeHtml(`${artifact} (${platform}), start ${start} by ${firmware}`);
  return `<figure><img src="data:image/png;base64,${picture}" alt="console"><figcaption>${caption}</figcaption></figure>`;
}
