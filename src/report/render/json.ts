import type { PullReport, PullReportList } from '../../values/report.ts';
import { jsonText } from './document.ts';

/** One report as itself, any other number as a list. */
export function documentOf(reports: readonly PullReport[]): PullReport | PullReportList {
  const [only] = reports;
  return reports.length === 1 && only !== undefined ? only : { apiVersion: 'imagepull/v1', kind: 'PullReportList', items: reports };
}

export function renderJson(reports: readonly PullReport[]): string {
  return jsonText(documentOf(reports));
}
