import type { PullReport } from '../../values/report.ts';
import { yamlText } from './document.ts';
import { documentOf } from './json.ts';

/** The same document as `-o json`. */
export async function renderYaml(reports: readonly PullReport[]): Promise<string> {
  return yamlText(documentOf(reports));
}
