import type { PullReport, ReportImage } from '../../values/report.ts';
import { age, between, humanDuration } from '../../words/durations.ts';
import { cutEnd, escapeText } from '../escape.ts';
import { heldUpLine, nodesLine } from '../nodes-apart.ts';
import { rolloutLine } from '../rollout.ts';
import { nameOf } from '../steps/finding.ts';
import { hanging } from '../wrap.ts';
import type { RenderOptions } from './options.ts';

const staleAfter = 10 * 60_000;

/** Which pod, whose, where and for how long; then each image. Ages are those of the moment when the evidence was read. */
export function renderHead(report: PullReport, options: RenderOptions, wide: boolean): string {
  const { pod } = report;
  const owner = pod.owner === null ? '' : ` (${pod.owner.kind} ${pod.owner.name}${pod.job === undefined ? '' : `, Job ${pod.job}`})`;
  const place = pod.node === null ? 'on no node yet' : `on node ${pod.node.name}`;
  const lines = [hanging('', escapeText(`Pod ${pod.namespace}/${pod.name}${owner} ${place}, ${howLong(report)}`), options.columns)];
  if (pod.standsFor !== undefined && pod.standsFor > 1) lines.push(`It stands for ${pod.standsFor} pods that fail in this same way.`);
  lines.push(...asOf(report, options).map((line) => hanging('', line, options.columns)));
  if (wide && pod.node !== null && pod.node.kubelet !== null) {
    lines.push(escapeText(`Node ${[pod.node.platform, `kubelet ${pod.node.kubelet}`, pod.node.runtime].filter(Boolean).join(', ')}`));
  }
  const more = [rolloutLine(report), nodesLine(pod), heldUpLine(pod)].filter((line) => line !== null);
  return [...lines, ...images(report.images), ...more.map((line) => hanging('', cutEnd(escapeText(line), 400), options.columns))].join(
    '\n',
  );
}

/**
 * The moment that is spoken of, where it is not now. A file says of no moment that it was made then: its newest time is the latest that is
 * known.
 */
function asOf({ collectedAt, source }: PullReport, options: RenderOptions): string[] {
  const old = between(collectedAt, options.now.toISOString()) ?? 0;
  switch (source) {
    case undefined:
      return old > staleAfter ? [`As it was ${humanDuration(old)} ago, at ${collectedAt}.`] : [];
    case 'objects':
      return [`From a file, as of its newest time, ${collectedAt}: ages may be greater.`];
    case 'describe':
      return [`From the text of kubectl describe, made at about ${collectedAt}.`];
    case 'events':
      return [`From events alone, as of the newest, ${collectedAt}: whether the pod is still there is not known.`];
  }
}

function howLong({ pod, images, collectedAt }: PullReport): string {
  const failing = images.flatMap((image) => (image.failingSince === null ? [] : [image.failingSince])).sort();
  const since = age(failing[0] ?? null, collectedAt);
  if (since !== null) return `failing for ${since}`;
  const old = age(pod.createdAt, collectedAt);
  const created = old === null ? '' : `, created ${old} ago`;
  return images.some((image) => image.state === 'failing') ? `failing${created}` : `${pod.phase}${created}`;
}

/** The image stands alone on its line, unbroken, so that it can be copied. */
function images(all: readonly ReportImage[]): string[] {
  return all.map((image) => `${escapeText(nameOf(image))}: ${cutEnd(escapeText(image.image), 400)}`);
}
