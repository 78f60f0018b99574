import type { ImageCheck, ImageCheckList } from '../../values/check.ts';
import { cutEnd, escapeText } from '../escape.ts';
import { wrapText } from '../wrap.ts';
import { type Paint, paint } from './colour.ts';
import { columns } from './columns.ts';
import { jsonText, yamlText } from './document.ts';
import type { RenderOptions } from './options.ts';
import { replayTable } from './replay.ts';

export type CheckFormat = 'table' | 'wide' | 'json' | 'yaml';

/** One row for each image; `wide` adds who uses it and the replay. */
export async function renderChecks(format: CheckFormat, checks: readonly ImageCheck[], options: RenderOptions): Promise<string> {
  const list: ImageCheckList = { apiVersion: 'imagepull/v1', kind: 'ImageCheckList', items: checks };
  if (format === 'json') return jsonText(list);
  if (format === 'yaml') return yamlText(list);
  const paints = paint(options.colour);
  const table = rows(checks, options, paints, format === 'wide');
  const replays = format === 'wide' ? checks.map((check) => replayTable(escapeText(check.image), check.replay, options, paints)) : [];
  return `${[table, ...replays].filter((block) => block !== '').join('\n\n')}\n`;
}

function rows(checks: readonly ImageCheck[], options: RenderOptions, paints: Paint, wide: boolean): string {
  const titles = ['IMAGE', 'RESULT', 'AS', ...(wide ? ['USED BY'] : []), 'FINDING'];
  const plain = checks.map((check) => [escapeText(check.image), check.result, as(check), ...(wide ? [uses(check)] : [])]);
  const taken = titles.slice(0, -1).map((title, i) => Math.max(title.length, ...plain.map((cells) => longestLine(cells[i] ?? ''))) + 3);
  const left = options.columns === undefined ? undefined : Math.max(30, options.columns - taken.reduce((sum, width) => sum + width, 0));
  const body = checks.map((check, i) => {
    const [image = '', result = '', ...others] = plain[i] ?? [];
    return [image, colour(check, result, paints), ...others, wrapText(finding(check), left).join('\n')];
  });
  return columns(options.headers ? titles : null, body);
}

function finding({ cause, finding }: ImageCheck): string {
  const code = cause === null ? '' : `${cause.code}: `;
  return cutEnd(escapeText(`${code}${finding}`), 1000);
}

function as(check: ImageCheck): string {
  if (check.result !== 'ok') return '-';
  return check.as === null ? 'nobody' : escapeText(cutEnd(check.as.user || `secret ${check.as.secret}`, 40));
}

function uses({ usedBy }: ImageCheck): string {
  const names = [...new Set(usedBy.map(({ kind, name, container }) => escapeText(`${kind}/${name} ${container}`)))];
  return names.length === 0 ? '-' : names.join('\n');
}

function longestLine(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => line.length));
}

function colour({ result }: ImageCheck, text: string, paints: Paint): string {
  if (result === 'ok') return paints.green(text);
  return result === 'problem' ? paints.red(text) : paints.yellow(text);
}
