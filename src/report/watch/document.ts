import type { PullReport, PullReportList } from '../../values/report.ts';
import type { ToldWatch, Watch } from '../../values/watch.ts';
import { documentOf, yamlText } from '../render/document.ts';
import { valueWords } from './words.ts';

/** One look of a watch: a report, or a list of them, and what the watch adds. */
export function watchedDocument(
  reports: readonly PullReport[],
  watch: Watch,
): (PullReport | PullReportList) & { readonly watch: ToldWatch } {
  return { ...documentOf(reports), watch: toldWatch(watch) };
}

/** As a document tells it; what else is remembered of a watch is left out. */
export function toldWatch({ state, begunAt, since, first, changes, over }: Watch): ToldWatch {
  const told = changes.map((change) => ({ ...change, from: valueWords(change.before), to: valueWords(change.after) }));
  return { state, begunAt, since, first, changes: told, ...(over && { over }) };
}

/** One of several documents, which `---` parts. */
export async function yamlDocument(document: object): Promise<string> {
  return `---\n${await yamlText(document)}`;
}
