import type { PullReport, ReportGroup } from '../../values/report.ts';
import { jsonText } from '../render/document.ts';

/** A PullReportList as JSON.stringify would lay it out, a report at a time. */
export function* jsonParts(items: Iterable<PullReport>, groups: readonly ReportGroup[]): Generator<string> {
  yield '{\n    "apiVersion": "imagepull/v1",\n    "kind": "PullReportList",\n    "items": [';
  let before = '\n';
  for (const item of items) {
    yield `${before}        ${indented(item, 8)}`;
    before = ',\n';
  }
  yield `${before === '\n' ? '' : '\n    '}],\n    "groups": ${indented(groups, 4)}\n}\n`;
}

function indented(value: unknown, by: number): string {
  return jsonText(value)
    .trimEnd()
    .replaceAll('\n', `\n${' '.repeat(by)}`);
}
