import { jsonLine } from '../../report/render/document.ts';
import { render } from '../../report/render/index.ts';
import { watchedDocument, yamlDocument } from '../../report/watch/document.ts';
import { renderWatch } from '../../report/watch/words.ts';
import type { PullReport } from '../../values/report.ts';
import type { Watch } from '../../values/watch.ts';
import type { Io } from '../io.ts';
import { renderOptions } from '../print.ts';
import type { Printing } from '../request.ts';

/** One look in the format that was asked for. */
export async function whyText(reports: readonly PullReport[], watch: Watch, printing: Printing, io: Io): Promise<string> {
  const { output } = printing;
  if (output === 'json') return jsonLine(watchedDocument(reports, watch));
  if (output === 'yaml') return yamlDocument(watchedDocument(reports, watch));
  const options = renderOptions(io, printing);
  const text = await render(output, reports, options);
  return output === 'name' ? text : `${text}${renderWatch(watch, reports, options)}`;
}
