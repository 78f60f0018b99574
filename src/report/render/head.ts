import type { PullReport, ReportImage } from '../../values/report.ts';
import { cutEnd, escapeText } from '../escape.ts';
import { age, between, humanDuration } from '../human.ts';
import { nameOf } from '../steps/finding.ts';
import { hanging } from '../wrap.ts';
import type { RenderOptions } from './options.ts';

const staleAfter = 10 * 60_000;

/** Which pod, whose, where and for how long; then each image. Ages are those of the moment when the evidence was read. */
export function renderHead(report: PullReport, options: RenderOptions, wide: boolean): string {
  const { pod } = report;
  const owner = pod.owner === null ? '' : ` (${pod.owner.kind} ${pod.owner.name})`;
  const place = pod.node === null ? 'on no node yet' : `on node ${pod.node.name}`;
  const lines = [hanging('', escapeText(`Pod ${pod.namespace}/${pod.name}${owner} ${place}, ${howLong(report)}`), options.columns)];
  if (pod.standsFor !== undefined && pod.standsFor > 1) lines.push(`It stands for ${pod.standsFor} pods that fail in this same way.`);
  const old = between(report.collectedAt, options.now.toISOString()) ?? 0;
  if (old > staleAfter) lines.push(`As it was ${humanDuration(old)} ago, at ${report.collectedAt}.`);
  if (wide && pod.node !== null && pod.node.kubelet !== null) {
    lines.push(escapeText(`Node ${[pod.node.platform, `kubelet ${pod.node.kubelet}`, pod.node.runtime].filter(Boolean).join(', ')}`));
  }
  return [...lines, ...images(report.images)].join('\n');
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
