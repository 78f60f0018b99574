import type { ReportGroup } from '../../values/report.ts';
import { count } from '../../words/amounts.ts';
import { age } from '../../words/durations.ts';
import { list } from '../../words/text.ts';
import { renderFix } from '../render/markdown.ts';
import { code, literal, tableOf } from '../render/markdown-text.ts';
import { subjectWords } from './subject-words.ts';

/** For a pull request, an issue or a chat: what is broken as a table, then each with its explanation and fix. */
export function renderGroupsMarkdown(groups: readonly ReportGroup[], now: Date): string {
  if (groups.length === 0) return '';
  const rows = groups.map(({ pods, since, cause, subject }) => [
    String(pods.length),
    age(since, now.toISOString()) ?? '',
    `**${cause.code}** (${cause.confidence})`,
    literal(subjectWords(subject)),
  ]);
  return `${[tableOf(['pods', 'since', 'cause', 'what'], rows), ...groups.map(renderGroup)].join('\n\n')}\n`;
}

function renderGroup({ pods, owners, nodes, cause, subject, fixes }: ReportGroup): string {
  const names = owners.map(({ kind, namespace, name }) => `${literal(kind)} ${code(`${namespace}/${name}`)}`);
  const places = nodes.length === 0 ? '' : `, on ${nodes.length > 4 ? count(nodes.length, 'node') : list(nodes.map(code))}`;
  return [
    `#### ${cause.code}: ${literal(subjectWords(subject))}`,
    literal(cause.explanation),
    `${count(pods.length, 'pod')}: ${list(names)}${places}.`,
    ...fixes.slice(0, 1).map(renderFix),
  ].join('\n\n');
}
