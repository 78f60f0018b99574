import type { ImageChange } from '../../values/group.ts';
import type { OverGroup, Watch } from '../../values/watch.ts';
import { count } from '../../words/amounts.ts';
import { list } from '../../words/text.ts';
import { cutEnd, escapeText, limits } from '../escape.ts';
import { paint } from '../render/colour.ts';
import type { RenderOptions } from '../render/options.ts';
import { subjectWords } from '../scan/subject-words.ts';
import { hanging } from '../wrap.ts';
import { timeOfDay } from './words.ts';

/** What stands under the groups of a scan's watch. */
export function renderScanWatch(watch: Watch, options: Pick<RenderOptions, 'columns' | 'colour'>): string {
  const { over = [], state, since } = watch;
  const paints = paint(options.colour);
  const lines = over.flatMap((group) => [
    hanging('', overWords(group), options.columns).replace(/^\w+/, paints.green),
    ...(group.changes ?? []).map((change) => hanging('- ', changeWords(change), options.columns)),
  ]);
  if (state === 'fixed') lines.push(`No failing image pull is left (${timeOfDay(since)}).`);
  if (state === 'waiting') lines.push('No image pull fails just now: waiting until those that failed are pulled.');
  if (state === 'healthy') lines.push('No failing image pulls found: waiting for one.');
  if (lines.length === 0) return '';
  return `${state === 'failing' ? '\n' : ''}${lines.join('\n')}\n`;
}

/** `the image of app in Deployment shop/web is now r/app:v2 (it was r/app:v1)` */
function changeWords({ namespace, kind, name, container, from, to }: ImageChange): string {
  return cutEnd(escapeText(`the image of ${container} in ${kind} ${namespace}/${name} is now ${to} (it was ${from})`), limits.finding);
}

/** `Fixed at 10:04:11: 12 pods of Deployment shop/web, manifest-not-found: image r/app:v1` */
function overWords({ how, at, pods, workloads = [], code, subject }: OverGroup): string {
  const owners = workloads.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  const whose = owners.length === 0 ? '' : ` of ${escapeText(list(owners, 3))}`;
  const words = `${count(pods, 'pod')}${whose}, ${code}: ${escapeText(subjectWords(subject))}`;
  return how === 'fixed' ? `Fixed at ${timeOfDay(at)}: ${words}` : `Gone at ${timeOfDay(at)}: ${words} (its pods are no more)`;
}
