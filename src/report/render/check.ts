import type { ImageCheck, ImageCheckList } from '../../values/check.ts';
import { escapeText } from '../escape.ts';
import { wrapText } from '../wrap.ts';
import {
  alternativeTexts,
  asText,
  checkRows,
  findingText,
  imageText,
  namespaceText,
  plainFinding,
  summaryText,
  userTexts,
} from './check-rows.ts';
import { type Paint, paint } from './colour.ts';
import { columns, gap, total, widthsOf } from './columns.ts';
import { jsonText, yamlText } from './document.ts';
import type { Format, RenderOptions } from './options.ts';
import { replayTable } from './replay.ts';

/**
 * One row for each image; `wide` adds the alternatives, all who use it, and the replay. `name`: who would use an image that has a problem.
 */
export async function renderChecks(format: Format, checks: readonly ImageCheck[], options: RenderOptions): Promise<string> {
  const list: ImageCheckList = { apiVersion: 'imagepull/v1', kind: 'ImageCheckList', items: checks };
  switch (format) {
    case 'json':
      return jsonText(list);
    case 'yaml':
      return yamlText(list);
    case 'name':
      return names(checks);
    case 'markdown':
      return (await import('./check-markdown.ts')).renderChecksMarkdown(checkRows(checks));
    default:
      return renderText(checkRows(checks), options, format === 'wide');
  }
}

/** As kubectl names objects: `deployment.apps/web`. An image that was typed stands for itself. */
function names(checks: readonly ImageCheck[]): string {
  const found = checks
    .filter(({ result }) => result === 'problem')
    .flatMap((check) => (check.usedBy.length === 0 ? [imageText(check)] : check.usedBy.map(resource)));
  return [...new Set(found)].map((name) => `${name}\n`).join('');
}

function resource({ apiVersion, kind, name }: ImageCheck['usedBy'][number]): string {
  const [group, version] = apiVersion.split('/');
  return escapeText(`${kind.toLowerCase()}${version === undefined ? '' : `.${group}`}/${name}`);
}

/** More than these are counted at the end, on a terminal. */
const fewRows = 5;

function renderText(rows: readonly ImageCheck[], options: RenderOptions, wide: boolean): string {
  const paints = paint(options.colour);
  const table = tableOf(rows, options, paints, wide);
  const replays = wide ? rows.map((check) => replayTable(subject(check, rows), check.replay, options, paints)) : [];
  const summary = options.columns !== undefined && rows.length > fewRows ? [summaryText(rows)] : [];
  return `${[table, ...replays, ...summary].filter((block) => block !== '').join('\n\n')}\n`;
}

/** Where an image has several rows, with the first of those that this row is about. */
function subject(check: ImageCheck, rows: readonly ImageCheck[]): string {
  const [user] = userTexts(check);
  const shared = rows.filter(({ image }) => image === check.image).length > 1;
  const place = hasSeveralNamespaces(rows) ? ` in ${namespaceText(check)}` : '';
  return shared && user !== undefined ? `${imageText(check)} for ${user}${place}` : imageText(check);
}

interface Column {
  readonly title: string;
  text(check: ImageCheck): string;
}

function columnsOf(rows: readonly ImageCheck[], wide: boolean): readonly Column[] {
  const used = rows.some(({ usedBy }) => usedBy.length > 0);
  const spaces = hasSeveralNamespaces(rows);
  return [
    { title: 'IMAGE', text: imageText },
    { title: 'RESULT', text: ({ result }) => result },
    { title: 'AS', text: asText },
    ...(spaces || wide ? [{ title: 'NAMESPACE', text: namespaceText }] : []),
    ...(used || wide ? [{ title: 'USED BY', text: (check: ImageCheck) => users(check, wide) }] : []),
    ...(wide
      ? [
          { title: 'CAUSE', text: ({ cause }: ImageCheck) => cause?.code ?? '-' },
          { title: 'CONFIDENCE', text: ({ cause }: ImageCheck) => cause?.confidence ?? '-' },
          { title: 'OR', text: ({ alternatives }: ImageCheck) => alternativeTexts(alternatives) || '-' },
        ]
      : []),
  ];
}

/** In full each on its line; else in one line, so that the table has one for each image. */
function users(check: ImageCheck, wide: boolean): string {
  const all = userTexts(check);
  if (all.length === 0) return '-';
  if (wide) return all.join('\n');
  return all.length > 2 ? `${all[0]} and ${all.length - 1} more` : all.join(', ');
}

/** A finding in less would be a ribbon. */
const narrowest = 40;

/** Beside the image where there is room for the finding, else below it. */
function tableOf(rows: readonly ImageCheck[], options: RenderOptions, paints: Paint, wide: boolean): string {
  const shown = columnsOf(rows, wide);
  const plain = rows.map((check) => shown.map(({ text }) => text(check)));
  const titles = options.headers ? shown.map(({ title }) => title) : null;
  const left = options.columns === undefined ? undefined : options.columns - total(widthsOf(titles, plain));
  if (left !== undefined && left < narrowest) return stacked(rows, options, paints, wide);
  const body = rows.map((check, i) => {
    const cells = (plain[i] ?? []).map((cell, at) => (shown[at]?.title === 'RESULT' ? coloured(check, cell, paints) : cell));
    return [...cells, wrapText(wide ? plainFinding(check) : findingText(check), left).join('\n')];
  });
  return columns(titles && [...titles, 'FINDING'], body);
}

/** The image stands alone on its line, unbroken, so that it can be copied. */
function stacked(rows: readonly ImageCheck[], options: RenderOptions, paints: Paint, wide: boolean): string {
  const indent = 'problem'.length + gap;
  const width = Math.max(narrowest, (options.columns ?? 0) - indent);
  const spaces = hasSeveralNamespaces(rows);
  const body = rows.map((check) => {
    const user =
      check.usedBy.length === 0 ? [] : wrapText(users(check, wide).replaceAll('\n', ', '), width).map((line) => paints.dim(line));
    const place = spaces ? [paints.dim(`namespace ${namespaceText(check)}`)] : [];
    return [
      coloured(check, check.result, paints),
      [imageText(check), ...place, ...user, ...wrapText(findingText(check), width)].join('\n'),
    ];
  });
  return columns(options.headers ? ['RESULT', 'IMAGE'] : null, body);
}

function hasSeveralNamespaces(rows: readonly ImageCheck[]): boolean {
  return new Set(rows.map(({ namespace }) => namespace)).size > 1;
}

function coloured({ result }: ImageCheck, text: string, paints: Paint): string {
  if (result === 'ok') return paints.green(text);
  return result === 'problem' ? paints.red(text) : paints.yellow(text);
}
