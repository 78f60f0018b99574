import type { PullReport, PullReportList } from '../../values/report.ts';
import { escapeJson } from '../escape.ts';

/** One report as itself, any other number as a list. */
export function documentOf(reports: readonly PullReport[]): PullReport | PullReportList {
  const [only] = reports;
  return reports.length === 1 && only !== undefined ? only : { apiVersion: 'imagepull/v1', kind: 'PullReportList', items: reports };
}

/** kubectl's JSON: indented by four blanks. Characters that a terminal would obey are `\u` escapes, so the values are as they came. */
export function renderJson(reports: readonly PullReport[]): string {
  return `${escapeJson(JSON.stringify(documentOf(reports), null, 4))}\n`;
}
