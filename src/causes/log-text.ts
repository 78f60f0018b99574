import { formatReference } from '../image/reference.ts';
import type { ContainerFacts, ImageSpec, NodeFacts, PodFacts } from '../values/evidence.ts';
import { isNamed } from './reader/names-image.ts';
import type { Reading } from './reader/pull-error.ts';
import { isInformative, read } from './reader/read.ts';
import type { ImageView } from './view.ts';

export interface LogText {
  readonly text: string;
  readonly step: 'node';
  readonly source: string;
  readonly at: null;
  /** The line names this pod; else it may be of another pod's pull of the same image on that node, with other credentials. */
  readonly isOfThisPod: boolean;
}

/**
 * The newest line of the node's own logs that says why this image could not be pulled: what a kubelet and a runtime write there is what
 * they say in events, which are gone after an hour.
 */
export function logText(container: ContainerFacts, spec: ImageSpec | null, pod: PodFacts, node: NodeFacts | null): LogText | null {
  if (container.pull !== 'failing' || !node?.logs || 'obstacle' in node.logs) return null;
  const names = [container.image, ...(spec?.reference ? [formatReference(spec.reference)] : [])];
  const about = node.logs.value.lines.filter((line) => names.some((name) => isNamed(line, name)));
  const own = about.filter((line) => isOfPod(line, pod));
  for (const [lines, isOfThisPod] of [
    [own, true],
    [about, false],
  ] as const) {
    const text = lines.map(errorIn).findLast((error) => error !== null && isInformative(error));
    if (text) return { text, step: 'node', source: `logs of node ${node.name}`, at: null, isOfThisPod };
  }
  return null;
}

/** The same words as an event's, and never surer: a line that names no pod is at most likely to be about this one's pull. */
export function readLog({ text, isOfThisPod }: LogText, image: string): Reading {
  const reading = read(text, image);
  return isOfThisPod || reading.confidence !== 'certain' ? reading : { ...reading, confidence: 'likely' };
}

/**
 * What the node's logs say of a credential provider of the kubelet that failed for this image; no event tells of it: the pull is merely
 * anonymous then.
 */
export function providerFailure({ container, node, spec }: Pick<ImageView, 'container' | 'node' | 'spec'>): string | null {
  if (!node?.logs || 'obstacle' in node.logs) return null;
  const names = [container.image, ...(spec?.reference ? [formatReference(spec.reference)] : [])];
  const line = node.logs.value.lines.findLast(
    (candidate) =>
      /credential provider/i.test(candidate) &&
      names.some((name) => isNamed(candidate, name)) &&
      /\b(?:err|fail|exit status)/i.test(candidate),
  );
  return line === undefined ? null : (errorIn(line) ?? line.replace(/^[EWIF]\d{4} [\d:.]+\s+\d+ \S+\] /, ''));
}

function isOfPod(line: string, { namespace, name, uid }: PodFacts): boolean {
  return line.includes(`"${namespace}/${name}"`) || line.includes(uid);
}

/**
 * What went wrong, as a line has it: the value of `err` or `error` in logfmt, in klog's structured lines and in JSON, else the message of a
 * line of the level error; without the kubelet's wrapping. null: the line tells of no failure.
 */
function errorIn(line: string): string | null {
  const error =
    fieldOf(line, 'err') ?? fieldOf(line, 'error') ?? (/\blevel"?[=:]"?(?:error|fatal)\b/i.test(line) ? fieldOf(line, 'msg') : null);
  if (error === null) return null;
  const wrapped = /^failed to "StartContainer" for "[^"]*" with \w+: (".*)$/s.exec(error)?.[1];
  return wrapped ? unquote(wrapped) : error;
}

/** `key="a quoted \"value\""` or `"key":"value"`; a line that was cut may lack the last quote. */
function fieldOf(line: string, key: string): string | null {
  const quoted = new RegExp(String.raw`(?:^|[\s{,"])${key}"?[=:]\s*("(?:[^"\\]|\\.)*)`).exec(line)?.[1];
  return quoted === undefined ? null : unquote(quoted);
}

function unquote(text: string): string {
  return text
    .replace(/^"/, '')
    .replace(/(?<!\\)"$/, '')
    .replace(/\\(.)/gs, (_, escaped: string) => (escaped === 'n' || escaped === 't' ? ' ' : escaped));
}
