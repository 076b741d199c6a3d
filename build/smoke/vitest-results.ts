import { basename } from 'node:path';
import { escapeHtml } from '../formats/text/html.ts';
import { parseJson, validate } from '../schema/validate.ts';
import type { CheckResult, SmokeReport } from '../vm/report.ts';

interface VitestJson {
  success: boolean;
  testResults: {
    name: string;
    message?: string;
    assertionResults: {
      fullName: string;
      status: string;
      duration?: number;
      failureMessages?: string[];
      meta?: { figures?: { [name: string]: unknown } };
    }[];
  }[];
}

const object = (required: string[], properties: object) => ({ type: 'object', required, properties });
const list = (items: object) => ({ type: 'array', items });
const text = { type: 'string' };
const check = object(['fullName', 'status'], {
  fullName: text,
  status: text,
  duration: { type: ['number', 'null'] },
  failureMessages: list({}),
  meta: object([], { figures: { type: 'object' } }),
});
const result = object(['name', 'assertionResults'], {
  name: text,
  message: text,
  assertionResults: list(check),
});
/** What of vitest's report is read here. */
const reportSchema = object(['success', 'testResults'], {
  success: { type: 'boolean' },
  testResults: list(result),
});

/**
 * Verdicts and figures from vitest's JSON report. Only `passed` counts as ok: a skipped check is a failed
 * one, and so is a file that was asked for and reported nothing, or a run that failed outside of its checks.
 */
export function parseVitest(text: string, files: string[]): Pick<SmokeReport, 'checks' | 'figures'> {
  const what = "vitest's report";
  const report = parseJson(text, what, 'COMMAND_FAILED');
  const { success, testResults } = validate<VitestJson>(reportSchema, report, what, 'COMMAND_FAILED');
  const checks: CheckResult[] = [];
  const figures: [string, unknown][] = [];
  for (const file of files) {
    const result = testResults.find((candidate) => candidate.name.endsWith(file));
    if (!result?.assertionResults.length) {
      const message = result?.message || 'the file ran no check';
      checks.push({ name: basename(file), ok: false, milliseconds: 0, message });
    }
    for (const check of result?.assertionResults ?? []) {
      figures.push(...Object.entries(check.meta?.figures ?? {}));
      const ok = check.status === 'passed';
      const message = ok ? undefined : failureOf(check) || result?.message || check.status;
      checks.push({ name: check.fullName, ok, milliseconds: check.duration ?? 0, message });
    }
  }
  if (!success && checks.every((check) => check.ok)) {
    const message = 'something failed outside of every check: a hook, or an error that nobody caught';
    checks.push({ name: 'vitest', ok: false, milliseconds: 0, message });
  }
  return { checks, figures: Object.fromEntries(figures) };
}

/** What a failed check says, and where in it; vitest's own frames of the stack tell nothing. */
function failureOf({ failureMessages = [] }: { failureMessages?: string[] }): string {
  const lines = failureMessages.flatMap((message) => String(message).split('\n'));
  return lines.filter((line) => !/^ {4}at .*(\/node_modules\/|<anonymous>)/.test(line)).join('\n');
}

/** JUnit XML of one boot, for CI systems. */
export function junit(report: SmokeReport): string {
  const cases = report.checks.map((check) => {
    const failure = check.ok ? '' : `<failure>${escapeXml(check.message ?? '')}</failure>`;
    const seconds = (check.milliseconds / 1000).toFixed(3);
    return `  <testcase classname="${report.firmware}" name="${escapeXml(check.name)}" time="${seconds}">${failure}</testcase>`;
  });
  const failures = report.checks.filter((check) => !check.ok).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escapeXml(report.artifact)}" tests="${report.checks.length}" failures="${failures}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n');
}

/** Control characters of a console are not allowed in XML: keep tab, newline and everything printable. */
function escapeXml(text: string): string {
  return escapeHtml(text.replaceAll(/[^\t\n\P{Cc}]/gu, ''));
}
