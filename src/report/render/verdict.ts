import type { PullReport, ReportImage } from '../../values/report.ts';
import { list } from '../../words/text.ts';
import { cutEnd, escapeText, limits } from '../escape.ts';
import { nameOf } from '../steps/finding.ts';
import { hanging } from '../wrap.ts';
import type { Paint } from './colour.ts';
import type { RenderOptions } from './options.ts';

/** There is nothing to mend: what to do is to look on. */
const notBroken: ReadonlySet<string> = new Set(['none', 'still-pulling', 'unknown']);

/** A block for each image that something is wrong with; those that nothing is wrong with share one line. */
export function renderVerdicts(report: PullReport, options: RenderOptions, paints: Paint): string {
  const accused = report.images.filter((image) => image.cause.code !== 'none');
  const healthy = report.images.filter((image) => image.cause.code === 'none');
  const named = report.images.length > 1;
  const blocks = accused.map((image) => block(image, named, options, paints));
  return [...(healthy.length === 0 ? [] : [nothingWrong(healthy, accused.length > 0, options, paints)]), ...blocks].join('\n\n');
}

function nothingWrong(healthy: readonly ReportImage[], besideOthers: boolean, options: RenderOptions, paints: Paint): string {
  if (besideOthers) return beside(healthy, options, paints);
  const explanations = [...new Set(healthy.map((image) => image.cause.explanation))];
  const first = healthy.find((image) => image.fixes.length > 0);
  return [
    ...explanations.map((explanation) => hanging('', `none: ${prose(explanation)}`, options.columns)),
    ...(first === undefined ? [] : fixLines(first, options, paints)),
  ].join('\n');
}

/** What has not been tried is not called sound. */
function beside(healthy: readonly ReportImage[], options: RenderOptions, paints: Paint): string {
  const names = (images: readonly ReportImage[]) => list(images.map((image) => escapeText(nameOf(image))));
  const sound = healthy.filter(({ cause }) => cause.confidence === 'certain');
  const rest = healthy.filter(({ cause }) => cause.confidence !== 'certain');
  const open = [...new Set(rest.map(({ cause }) => cause.explanation))].map((explanation) => {
    const images = rest.filter(({ cause }) => cause.explanation === explanation);
    return hanging('', `${names(images)}: none (${images[0]?.cause.confidence}): ${prose(explanation)}`, options.columns);
  });
  const said = sound.length === 0 ? [] : [`${names(sound)}: none, no problem with ${sound.length === 1 ? 'its image' : 'their images'}`];
  return [...said, ...open].map((text) => paints.dim(text)).join('\n');
}

function prose(text: string): string {
  return cutEnd(escapeText(text), limits.paragraph);
}

function block(image: ReportImage, named: boolean, options: RenderOptions, paints: Paint): string {
  const { cause } = image;
  const prefix = named ? `${escapeText(nameOf(image))}: ` : '';
  const head = hanging('', `${prefix}${cause.code} (${cause.confidence}): ${prose(cause.explanation)}`, options.columns);
  const lines = [
    head.replace(cause.code, paints.bold(cause.code)),
    ...(image.scope === undefined ? [] : [hanging('', prose(image.scope.sentence), options.columns)]),
    ...(image.also ?? []).map((next) =>
      hanging('Then  ', `${next.code} (${next.confidence}): ${prose(next.explanation)}`, options.columns),
    ),
    ...image.alternatives.map((other) =>
      hanging('Or    ', `${other.code}: ${prose(other.title)}. It would show: ${prose(other.tellApart)}`, options.columns),
    ),
    ...fixLines(image, options, paints),
    ...(image.also ?? []).flatMap(({ fixes }) => titled('Then  ', fixes, options, paints)),
    hanging('', `${waiting(image)}More: ${cause.explain}`, options.columns),
  ];
  return lines.join('\n');
}

/**
 * What to type: each command alone on its line, never wrapped, without a comment behind it (zsh passes `# …` on as arguments), so that a
 * whole line can be pasted. A line break inside a command is shown, never made: what is pasted must not run in pieces.
 */
function fixLines({ cause, fixes }: ReportImage, options: RenderOptions, paints: Paint): string[] {
  return titled(notBroken.has(cause.code) ? 'Next  ' : 'Fix   ', fixes, options, paints);
}

function titled(label: string, fixes: ReportImage['fixes'], options: RenderOptions, paints: Paint): string[] {
  return fixes.flatMap((fix, i) => {
    const words = prose(i === 0 ? fix.title : fix.title.replace(/^or /, ''));
    const other = /^then\b/.test(words) ? '      ' : '  or  ';
    const title = hanging(i === 0 ? label : other, `${words}${fix.commands.length > 0 ? ':' : ''}`, options.columns);
    return [i === 0 ? title.replace(label, paints.bold(label)) : title, ...fix.commands.map((command) => `        ${escapeText(command)}`)];
  });
}

/** Will it pass by itself? Nothing is promised where the cause is not known. */
function waiting({ cause, fixes, also = [] }: ReportImage): string {
  if (cause.code === 'unknown') return '';
  if (also.length > 0) return 'Waiting will not help. ';
  switch (cause.retry) {
    case 'never':
      // Beneath a fix that is to be waited for.
      return fixes.some(({ title }) => title.startsWith('then wait')) ? 'Waiting alone will not help. ' : 'Waiting will not help. ';
    case 'wait':
      if (cause.code === 'still-pulling') return cause.confidence === 'certain' ? 'It may just need time. ' : '';
      return 'It may pass by itself: the kubelet keeps trying. ';
    case 'now':
      return 'The cause is gone: the next attempt should succeed. ';
  }
}
