import type { PullReport, ReportImage } from '../../values/report.ts';
import type { Fix } from '../../values/verdict.ts';
import { rolloutLine } from '../rollout.ts';
import { nameOf } from '../steps/finding.ts';
import { code, literal, shell, tableOf } from './markdown-text.ts';

/** For a pull request, an issue or a chat: cause and fix first, the steps behind a fold. GitHub Flavored Markdown. */
export function renderMarkdown(reports: readonly PullReport[]): string {
  return reports.map(renderReport).join('\n');
}

function renderReport(report: PullReport): string {
  const { pod, images, steps } = report;
  const job = pod.job === undefined ? '' : `, Job ${code(pod.job)}`;
  const owner = pod.owner === null ? '' : ` (${literal(pod.owner.kind)} ${code(pod.owner.name)}${job})`;
  const place = pod.node === null ? 'on no node yet' : `on node ${code(pod.node.name)}`;
  const rows = steps.filter(({ name }) => name !== 'verdict').map(({ name, status, finding }) => [name, status, literal(finding)]);
  const change = rolloutLine(report);
  const accused = images.filter(({ cause }) => cause.code !== 'none');
  return `${[
    `### Pod ${code(`${pod.namespace}/${pod.name}`)}${owner} ${place}`,
    ...(change === null ? [] : [literal(change)]),
    ...(accused.length > 0 ? accused : images).map(renderImage),
    `<details><summary>How it was found out</summary>\n\n${tableOf(['step', 'result', 'finding'], rows)}\n\n</details>`,
  ].join('\n\n')}\n`;
}

function renderImage(image: ReportImage): string {
  const { cause, fixes } = image;
  return [
    `${literal(nameOf(image))}: ${code(image.image)}`,
    `**${cause.code}** (${cause.confidence}): ${literal(cause.explanation)}`,
    ...(image.also ?? []).map((next) => `Then **${next.code}** (${next.confidence}): ${literal(next.explanation)}`),
    ...image.alternatives.map((other) => `- or **${other.code}**: ${literal(other.title)}. It would show: ${literal(other.tellApart)}`),
    ...fixes.slice(0, 1).map(renderFix),
  ].join('\n\n');
}

export function renderFix({ title, commands }: Fix): string {
  return commands.length === 0 ? `Fix: ${literal(title)}` : `Fix: ${literal(title)}\n\n${shell(commands)}`;
}
