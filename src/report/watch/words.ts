import type { PullReport } from '../../values/report.ts';
import type { PremiseValue, Watch, WatchChange } from '../../values/watch.ts';
import { between, humanDuration } from '../../words/durations.ts';
import { cutEnd, escapeText, limits } from '../escape.ts';
import { paint } from '../render/colour.ts';
import type { RenderOptions } from '../render/options.ts';
import { nameOf } from '../steps/finding.ts';
import { hanging } from '../wrap.ts';

/** The time of day where this runs, `14:03:09`. */
export function timeOfDay(time: string | Date): string {
  return new Date(time).toTimeString().slice(0, 8);
}

/** What stands under the report of a watch; empty where the report says it all. */
export function renderWatch(watch: Watch, reports: readonly PullReport[], options: Pick<RenderOptions, 'columns' | 'colour'>): string {
  const paints = paint(options.colour);
  const lines = linesOf(watch, reports).map((line) =>
    line.startsWith('- ') ? hanging('- ', line.slice(2), options.columns) : hanging('', line, options.columns),
  );
  const text = lines.join('\n').replace(/^(Fixed|Pulled) /, (_, word: string) => `${paints.bold(paints.green(word))} `);
  return text === '' ? '' : `\n${text}\n`;
}

function linesOf(watch: Watch, reports: readonly PullReport[]): readonly string[] {
  switch (watch.state) {
    case 'healthy':
      return ['Every image is pulled: there is nothing to wait for.'];
    case 'fixed':
      return fixed(watch);
    default:
      return [...atFirst(watch, reports), ...since(watch)];
  }
}

function fixed(watch: Watch): readonly string[] {
  const { first, since: at, begunAt } = watch;
  if (first === null) return [`Pulled at ${timeOfDay(at)}, after ${lasting(begunAt, at)}: every image is there.`];
  return [
    `Fixed at ${timeOfDay(at)}, ${lasting(first.at, at)} after the failure was first seen: every image is pulled.`,
    `It was ${failure(watch)}`,
    ...whatFixed(watch),
  ];
}

/** Nothing is claimed but what was seen to change: that it is the reason the pull succeeds, the reader concludes. */
function whatFixed(watch: Watch): readonly string[] {
  const changes = telling(watch.changes);
  if (changes.length === 0) return ['What changed cannot be seen from here: the same pull was tried again and succeeded.'];
  return ['What changed:', ...changes.map((change) => `- ${words(change)} (${timeOfDay(change.at)})`)];
}

/** The first failure is kept where the report now tells of another. */
function atFirst(watch: Watch, reports: readonly PullReport[]): readonly string[] {
  const { first } = watch;
  const images = reports.flatMap(({ images }) => images);
  const still = images.some(
    ({ container, image, cause }) => container === first?.container && image === first.image && cause.code === first.code,
  );
  return first === null || still ? [] : [`Seen first, at ${timeOfDay(first.at)}: ${failure(watch)}`];
}

function since(watch: Watch): readonly string[] {
  const changes = telling(watch.changes);
  return changes.length === 0 ? [] : ['Changed since:', ...changes.map((change) => `- ${words(change)} (${timeOfDay(change.at)})`)];
}

function failure({ first }: Watch): string {
  if (first === null) return '';
  return cutEnd(escapeText(`${first.code} (${first.confidence}): ${first.explanation}`), limits.paragraph);
}

function lasting(from: string, to: string): string {
  return humanDuration(between(from, to) ?? 0);
}

/** A new pod, perhaps on another node, comes with most changes; it is told where nothing else is. */
function telling(changes: readonly WatchChange[]): readonly WatchChange[] {
  const own = changes.filter(({ what }) => what !== 'pod' && what !== 'node');
  if (own.length > 0) return own;
  const node = changes.filter(({ what }) => what === 'node');
  return node.length > 0 ? node : changes;
}

/** One change in words, e.g. `the image of app is now r/app:v2 (it was r/app:v1)`. */
export function words(change: WatchChange): string {
  return cutEnd(escapeText(sentence(change)), limits.finding);
}

/** `regcred, other`; `none`; `usable, of 2026-10-05T12:01:00Z`. Not escaped. */
export function valueWords(value: PremiseValue): string {
  if (typeof value === 'string') return value;
  if ('state' in value) return value.state === 'missing' ? value.state : `${value.state}, of ${value.changedAt ?? '?'}`;
  return value.join(', ') || 'none';
}

function sentence({ what, kind, name, before, after }: WatchChange): string {
  const [from, to] = [valueWords(before), valueWords(after)];
  switch (what) {
    case 'image':
      return `the image of ${kind === undefined ? name : nameOf({ container: name, kind })} is now ${to} (it was ${from})`;
    case 'pull-secrets':
      return `the pod's pull secrets are now: ${to} (they were: ${from})`;
    case 'secret':
      if (isMissing(before)) return `the secret ${name} was created`;
      return isMissing(after) ? `the secret ${name} was deleted` : `the secret ${name} was changed`;
    case 'service-account':
      return `the pull secrets of service account ${name} are now: ${to} (they were: ${from})`;
    case 'registry':
      if (to === 'found') return `${name} is in its registry now, as seen from this workstation (its answer was "${from}")`;
      return `the registry's answer about ${name}, as seen from this workstation, is now "${to}" (it was "${from}")`;
    case 'node':
      return `the pod is now on node ${to} (it was on ${from})`;
    case 'pod':
      return `a new pod, ${to}, took the place of ${from}`;
  }
}

function isMissing(value: PremiseValue): boolean {
  return typeof value === 'object' && 'state' in value && value.state === 'missing';
}
