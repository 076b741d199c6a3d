import { escapeHtml, pageStyle } from '../formats/text/html.ts';
import { formatDuration } from '../formats/text/size.ts';
import type { Identity } from './identity.ts';
import type { Session } from './session.ts';

/** One check with its verdict. */
export interface CheckResult {
  name: string;
  ok: boolean;
  milliseconds: number;
  message?: string;
}

/** What one boot of one artifact showed. */
export interface SmokeReport {
  artifact: string;
  /** Of the artifact that was booted. */
  sha256: string;
  target: string;
  /** Where the image boots, and which of that platform's ways it was given its metadata in. */
  platform: string;
  format: string;
  firmware: string;
  controller: string;
  /** Which start of the machine this was, from 1. */
  start: number;
  /** Folder with the logs and the picture. */
  folder: string;
  accelerator: string;
  acceleratorReason: string;
  cpu: string;
  memoryMiB: number;
  bootSeconds: number;
  /** Why earlier boot attempts failed and were repeated. */
  failedAttempts: string[];
  ok: boolean;
  checks: CheckResult[];
  /** Measured values by name: tokens/s, ratios, seconds, percentages, chosen backend. */
  figures: { [name: string]: unknown };
  identity: Identity;
  native: Session['native'];
}

/** A page with the verdict, the figures and the picture `screen.png` beside it. */
export function renderReport(report: SmokeReport): string {
  const rows = (pairs: [string, unknown][]) =>
    pairs
      .map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(show(value))}</td></tr>`)
      .join('\n');
  const checks = report.checks.map(
    (c) =>
      `<tr class="${c.ok ? 'ok' : 'failed'}"><td>${c.ok ? 'ok' : 'FAILED'}</td><td>${escapeHtml(c.name)}</td>` +
      `<td>${formatDuration(c.milliseconds)}</td><td><pre>${escapeHtml(c.message ?? '')}</pre></td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeHtml(report.artifact)} on ${report.firmware}</title>
<style>
${pageStyle}
</style>
<h1>${escapeHtml(report.artifact)}: ${report.ok ? 'passed' : 'FAILED'}</h1>
<table>
${rows([
  ['platform', report.platform],
  ['start', report.start],
  ['firmware', report.firmware],
  ['controller', report.controller],
  ['accelerator', `${report.accelerator} (${report.acceleratorReason})`],
  ['CPU', report.cpu],
  ['guest memory', `${report.memoryMiB} MiB`],
  ['power-on to SSH', `${report.bootSeconds.toFixed(1)} s`],
  // The end of the machine's logs, after the first line, is in report.json.
  ...report.failedAttempts.map((why): [string, unknown] => ['repeated attempt', why.split('\n')[0]]),
  ...Object.entries(report.figures),
])}
</table>
<table>
${checks.join('\n')}
</table>
<p><img src="screen.png" alt="screen of the booted machine"></p>
</html>
`;
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
