import type { PullReport } from '../../values/report.ts';
import { documentOf } from './json.ts';

/** The same document as `-o json`. js-yaml is loaded only here. */
export async function renderYaml(reports: readonly PullReport[]): Promise<string> {
  const { dump } = await import('js-yaml');
  return dump(documentOf(reports), { lineWidth: -1, noRefs: true });
}
