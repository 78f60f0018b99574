import type { PullReport } from '../../values/report.ts';
import { documentOf, jsonText, yamlText } from './document.ts';
import type { Format, Renderer, RenderOptions } from './options.ts';

/** A renderer for each value of `-o`; each loads what it needs when it is first used. */
const renderers: Readonly<Record<Format, Renderer>> = {
  table: async (reports, options) => (await import('./table.ts')).renderTable(reports, options),
  wide: async (reports, options) => (await import('./table.ts')).renderWide(reports, options),
  json: (reports) => jsonText(documentOf(reports)),
  yaml: (reports) => yamlText(documentOf(reports)),
  markdown: async (reports) => (await import('./markdown.ts')).renderMarkdown(reports),
  name: (reports) => reports.map(({ pod }) => `pod/${pod.name}\n`).join(''),
};

/** @param format the value of `-o`, `table` where there was none */
export async function render(format: Format, reports: readonly PullReport[], options: RenderOptions): Promise<string> {
  return renderers[format](reports, options);
}
