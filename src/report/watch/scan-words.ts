import type { OverGroup, Watch } from '../../values/watch.ts';
import { count } from '../../words/amounts.ts';
import { escapeText } from '../escape.ts';
import { paint } from '../render/colour.ts';
import type { RenderOptions } from '../render/options.ts';
import { subjectWords } from '../scan/subject-words.ts';
import { hanging } from '../wrap.ts';
import { timeOfDay } from './words.ts';

/** What stands under the groups of a scan's watch. */
export function renderScanWatch(watch: Watch, options: Pick<RenderOptions, 'columns' | 'colour'>): string {
  const { over = [], state, since } = watch;
  const paints = paint(options.colour);
  const lines = over.map((group) => hanging('', overWords(group), options.columns).replace(/^\w+/, paints.green));
  if (state === 'fixed') lines.push(`No failing image pull is left (${timeOfDay(since)}).`);
  if (state === 'waiting') lines.push('No image pull fails just now: waiting until those that failed are pulled.');
  if (state === 'healthy') lines.push('No failing image pulls found: waiting for one.');
  if (lines.length === 0) return '';
  return `${state === 'failing' ? '\n' : ''}${lines.join('\n')}\n`;
}

/** `Fixed at 10:04:11: 12 pods, manifest-not-found: image r/app:v1` */
function overWords({ how, at, pods, code, subject }: OverGroup): string {
  const words = `${count(pods, 'pod')}, ${code}: ${escapeText(subjectWords(subject))}`;
  return how === 'fixed' ? `Fixed at ${timeOfDay(at)}: ${words}` : `Gone at ${timeOfDay(at)}: ${words} (its pods are no more)`;
}
