import { catalogue } from '../../causes/catalogue.ts';
import type { Judged } from '../../causes/group/case.ts';
import type { GroupsStory } from '../../causes/watch/groups-story.ts';
import { jsonLine } from '../../report/render/document.ts';
import { renderScan } from '../../report/scan/index.ts';
import { makeGroups } from '../../report/scan/make-groups.ts';
import { toldWatch, yamlDocument } from '../../report/watch/document.ts';
import { renderScanWatch } from '../../report/watch/scan-words.ts';
import type { PullReportList } from '../../values/report.ts';
import type { Io } from '../io.ts';
import { renderOptions, reportOf } from '../print.ts';
import type { Printing } from '../request.ts';

/** One look in the format that was asked for. */
export async function scanText(judged: readonly Judged[], { groups, watch }: GroupsStory, printing: Printing, io: Io): Promise<string> {
  const { output } = printing;
  const shown = makeGroups(groups, catalogue);
  const items = judged.map(({ evidence, verdicts }) => reportOf(evidence, verdicts));
  const document: PullReportList = { apiVersion: 'imagepull/v1', kind: 'PullReportList', items, groups: shown, watch: toldWatch(watch) };
  if (output === 'json') return jsonLine(document);
  if (output === 'yaml') return yamlDocument(document);
  const options = renderOptions(io, printing);
  const names = judged.map(({ evidence }) => evidence.pod.name);
  let text = '';
  for await (const part of renderScan(output, { items, names, groups: shown }, options)) text += part;
  return output === 'name' ? text : `${text}${renderScanWatch(watch, options)}`;
}
