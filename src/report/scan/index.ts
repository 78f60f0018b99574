import type { PullReport, ReportGroup } from '../../values/report.ts';
import { yamlText } from '../render/document.ts';
import type { Format, RenderOptions } from '../render/options.ts';
import { jsonParts } from './json.ts';
import { renderGroups } from './table.ts';

/** What a scan found. The reports are made as they are printed: of thousands of pods, not all at once. */
export interface ScanReport {
  readonly items: Iterable<PullReport>;
  readonly names: readonly string[];
  readonly groups: readonly ReportGroup[];
}

/** The text for standard output, in parts; nothing where a format for people has nothing to say. */
export async function* renderScan(format: Format, { items, names, groups }: ScanReport, options: RenderOptions): AsyncGenerator<string> {
  switch (format) {
    case 'json':
      return yield* jsonParts(items, groups);
    case 'yaml': {
      const list = { apiVersion: 'imagepull/v1', kind: 'PullReportList', items: [...items], groups };
      return yield await yamlText(list);
    }
    case 'name':
      return yield names.map((name) => `pod/${name}\n`).join('');
    case 'markdown':
      return yield (await import('./markdown.ts')).renderGroupsMarkdown(groups, options.now);
    default:
      yield renderGroups(groups, options, format === 'wide');
  }
}
