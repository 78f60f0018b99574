import type { PullReport, PullReportList } from '../../values/report.ts';
import type { ToldWatch, Watch } from '../../values/watch.ts';
import { compactJson, yamlText } from '../render/document.ts';
import { documentOf } from '../render/json.ts';
import { valueWords } from './words.ts';

/** One look of a watch: a report, or a list of them, and what the watch adds. */
export function watchedDocument(
  reports: readonly PullReport[],
  watch: Watch,
): (PullReport | PullReportList) & { readonly watch: ToldWatch } {
  const { state, begunAt, since, first, changes } = watch;
  const told = changes.map((change) => ({ ...change, from: valueWords(change.before), to: valueWords(change.after) }));
  return { ...documentOf(reports), watch: { state, begunAt, since, first, changes: told } };
}

/** A document a line, as `kubectl get --watch -o json` would if it were made for `jq`. */
export function jsonLine(document: object): string {
  return compactJson(document);
}

/** The same, parted by `---`. */
export async function yamlDocument(document: object): Promise<string> {
  return `---\n${await yamlText(document)}`;
}
