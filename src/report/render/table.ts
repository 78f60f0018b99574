import type { PullReport, ReportStep } from '../../values/report.ts';
import { cutEnd, escapeText } from '../escape.ts';
import { wrapText } from '../wrap.ts';
import { type Paint, paint } from './colour.ts';
import { columns, total, widthsOf } from './columns.ts';
import { renderEvidence } from './evidence.ts';
import { renderHead } from './head.ts';
import type { RenderOptions } from './options.ts';
import { renderReplay } from './replay.ts';
import { renderVerdicts } from './verdict.ts';

/** For people: what it is about, a row per step, then cause and fix, last, where the eye ends. */
export function renderTable(reports: readonly PullReport[], options: RenderOptions): string {
  return reports.map((report) => renderReport(report, options, false)).join('\n');
}

/** The table with the time of each step, and after it every piece of evidence with its source, nothing cut. */
export function renderWide(reports: readonly PullReport[], options: RenderOptions): string {
  return reports.map((report) => renderReport(report, options, true)).join('\n');
}

function renderReport(report: PullReport, options: RenderOptions, wide: boolean): string {
  const paints = paint(options.colour);
  const blocks = [
    renderHead(report, options, wide),
    renderSteps(report.steps, options, paints, wide),
    ...(wide ? report.images.map((image) => renderReplay(image, options, paints)) : []),
    ...(wide ? report.images.map((image) => renderEvidence(image, options, paints)) : []),
    renderVerdicts(report, options, paints),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The verdict is not among the rows: it follows in full. */
function renderSteps(steps: readonly ReportStep[], options: RenderOptions, paints: Paint, wide: boolean): string {
  const titles = wide ? ['STEP', 'RESULT', 'TIME', 'FINDING'] : ['STEP', 'RESULT', 'FINDING'];
  const shown = steps.filter((step) => step.name !== 'verdict');
  const plain = shown.map((step) => [step.name, step.status, ...(wide ? [`${Math.round(step.milliseconds)}ms`] : [])]);
  const taken = total(widthsOf(options.headers ? titles.slice(0, -1) : null, plain));
  const left = options.columns === undefined ? undefined : Math.max(30, options.columns - taken);
  const rows = shown.map((step, i) => {
    const finding = wrapText(cutEnd(escapeText(step.finding), 1000), left).map((line) =>
      step.status === 'skipped' ? paints.dim(line) : line,
    );
    return [step.name, status(step.status, paints), ...(plain[i]?.slice(2) ?? []), finding.join('\n')];
  });
  return columns(options.headers ? titles : null, rows);
}

function status(of: ReportStep['status'], paints: Paint): string {
  switch (of) {
    case 'problem':
      return paints.red(of);
    case 'ok':
      return paints.green(of);
    case 'unknown':
      return paints.yellow(of);
    case 'skipped':
      return paints.dim(of);
  }
}
