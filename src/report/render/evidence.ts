import type { ReportImage } from '../../values/report.ts';
import { escapeText } from '../escape.ts';
import { nameOf } from '../steps/finding.ts';
import { wrapText } from '../wrap.ts';
import type { Paint } from './colour.ts';
import { columns } from './columns.ts';
import type { RenderOptions } from './options.ts';

/** Width of STEP and FROM with their gaps. */
const taken = 'describe   workstation   '.length;

/** The ledger of one image: the facts in full, under each where and when it was read. */
export function renderEvidence(image: ReportImage, options: RenderOptions, paints: Paint): string {
  const left = options.columns === undefined ? undefined : Math.max(30, options.columns - taken);
  const rows = image.evidence.map(({ step, from, fact, source, at }) => [
    step,
    from,
    [
      ...wrapText(escapeText(fact), left),
      ...wrapText(escapeText(`└ ${[source, at].filter((part) => part !== null).join(', ')}`), left).map((line) => paints.dim(line)),
    ].join('\n'),
  ]);
  const title = `Evidence for ${escapeText(nameOf(image))}`;
  return rows.length === 0 ? `${title}: none` : `${title}\n${columns(options.headers ? ['STEP', 'FROM', 'FACT'] : null, rows)}`;
}
