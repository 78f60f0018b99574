import type { PullReportList, ReportGroup } from '../../values/report.ts';
import { escapeJson } from '../escape.ts';
import type { Format, RenderOptions } from '../render/options.ts';

export { makeGroups } from './make-groups.ts';

/** What a scan prints: always a list, of none too. */
export type ScanReport = PullReportList & { readonly groups: readonly ReportGroup[] };

/** @returns the text for standard output; empty where a format for people has nothing to say */
export async function renderScan(format: Format, list: ScanReport, options: RenderOptions): Promise<string> {
  switch (format) {
    case 'json':
      return `${escapeJson(JSON.stringify(list, null, 4))}\n`;
    case 'yaml':
      return (await import('js-yaml')).dump(list, { lineWidth: -1, noRefs: true });
    case 'name':
      return list.items.map(({ pod }) => `pod/${pod.name}\n`).join('');
    case 'table':
    case 'wide':
      return (await import('./table.ts')).renderGroups(list.groups, options, format === 'wide');
  }
}
