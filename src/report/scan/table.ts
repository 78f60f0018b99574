import { pluginName } from '../../values/plugin-name.ts';
import type { ReportGroup } from '../../values/report.ts';
import { count } from '../../words/amounts.ts';
import { age } from '../../words/durations.ts';
import { kubectlPlugin } from '../../words/kubectl.ts';
import { list } from '../../words/text.ts';
import { cutEnd, escapeText, limits } from '../escape.ts';
import { type Paint, paint } from '../render/colour.ts';
import { total, widthsOf } from '../render/columns.ts';
import type { RenderOptions } from '../render/options.ts';
import { hanging, wrapText } from '../wrap.ts';
import { subjectWords } from './subject-words.ts';

/** Longest list of owners, nodes or namespaces in a line; the rest is counted. */
const named = 4;

const titles = ['PODS', 'SINCE', 'CAUSE'] as const;

/** For people: a row for each thing that is broken, the biggest first. `wide` lists the pods, and whatever else the table shortens. */
export function renderGroups(groups: readonly ReportGroup[], options: RenderOptions, wide: boolean): string {
  if (groups.length === 0) return '';
  const paints = paint(options.colour);
  const figures = groups.map((group) => [String(group.pods.length), age(group.since, options.now.toISOString()) ?? '<unknown>'] as const);
  const widths = widthsOf(options.headers ? titles.slice(0, 2) : null, figures);
  const row = (cells: readonly string[], text: string) => `${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('')}${text}`;
  const taken = total(widths);
  const left = options.columns === undefined ? undefined : Math.max(40, options.columns - taken);
  const blocks = groups.map((group, i) => {
    const [first = '', ...rest] = block(group, left, paints, wide, options).flatMap((text) => text.split('\n'));
    return [row(figures[i] ?? [], first), ...rest.map((line) => `${' '.repeat(taken)}${line}`)].join('\n');
  });
  const head = options.headers ? `${row(titles.slice(0, 2), titles[2])}\n` : '';
  return `${head}${blocks.join('\n\n')}\n`;
}

function block(group: ReportGroup, width: number | undefined, paints: Paint, wide: boolean, options: RenderOptions): string[] {
  const { cause, fixes } = group;
  const head = hanging('', `${cause.code} (${cause.confidence}): ${escapeText(subjectWords(group.subject))}`, width);
  const [fix] = fixes;
  return [
    head.replace(cause.code, paints.bold(cause.code)),
    hanging('', cutEnd(escapeText(cause.explanation), limits.paragraph), width),
    hanging('', escapeText(whose(group, wide)), width),
    ...(fix === undefined ? [] : [label(hanging('Fix   ', `${fix.title}${fix.commands.length > 0 ? ':' : ''}`, width), paints)]),
    ...(fix?.commands ?? []).map((command) => `        ${escapeText(command)}`),
    ...others(group),
    `More  ${escapeText(why(group, options))}`,
    ...(wide ? pods(group, width, paints) : []),
  ];
}

/** What tells all about one pod of the group. */
function why({ example: { name, namespace } }: ReportGroup, { from, reachedBy }: RenderOptions): string {
  return kubectlPlugin(reachedBy, pluginName, 'why', name, '-n', namespace, ...(from === undefined ? [] : ['--from', from]));
}

/** A fix that names one workload mends that one. */
function others({ owners, fixes }: ReportGroup): string[] {
  const more = owners.length - 1;
  const isForOne = fixes[0]?.commands.some((command) => /^kubectl (?:.* )?-n /.test(command)) === true;
  return more > 0 && isForOne ? [`      and the like for ${more === 1 ? 'the other workload' : `the ${more} other workloads`}`] : [];
}

function label(text: string, paints: Paint): string {
  return text.replace('Fix', paints.bold('Fix'));
}

/** `Deployment shop/web (18) and Job shop/x, on node1 and node2` */
function whose({ owners, nodes }: ReportGroup, wide: boolean): string {
  const most = wide ? Number.POSITIVE_INFINITY : named;
  const names = owners.map(({ kind, namespace, name, pods }) => `${kind} ${namespace}/${name}${pods > 1 ? ` (${pods})` : ''}`);
  const places = nodes.length === 0 ? 'on no node yet' : `on ${nodes.length > most ? count(nodes.length, 'node') : list(nodes, most)}`;
  return `${list(names, most)}, ${places}`;
}

function pods({ pods }: ReportGroup, width: number | undefined, paints: Paint): string[] {
  return pods.flatMap(({ namespace, name, node, images }) =>
    images.flatMap(({ container, image }) => {
      const text = `${namespace}/${name} on ${node ?? 'no node'}, ${container}: ${image}`;
      return wrapText(`- ${escapeText(text)}`, width).map((line) => paints.dim(line));
    }),
  );
}
