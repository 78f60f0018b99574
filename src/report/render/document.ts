import type { PullReport, PullReportList } from '../../values/report.ts';
import { escapeJson, isUnsafe } from '../escape.ts';

/** One report as itself, any other number as a list. */
export function documentOf(reports: readonly PullReport[]): PullReport | PullReportList {
  const [only] = reports;
  return reports.length === 1 && only !== undefined ? only : { apiVersion: 'imagepull/v1', kind: 'PullReportList', items: reports };
}

/**
 * One value as kubectl writes JSON: indented by four blanks. Characters that a terminal would obey are `\u` escapes, so the values are as
 * they came.
 */
export function jsonText(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, null, 4))}\n`;
}

/** One value in one line, for documents that follow each other. */
export function jsonLine(value: unknown): string {
  return `${escapeJson(JSON.stringify(value))}\n`;
}

/**
 * The same value as YAML: texts with such characters are in double quotes, where YAML knows JSON's escapes. js-yaml is loaded only here.
 */
export async function yamlText(value: unknown): Promise<string> {
  const { dump } = await import('js-yaml');
  const marks: string[] = [];
  const marked = mark(value, marks);
  const text = dump(marked, { lineWidth: -1, noRefs: true });
  return marks.length === 0 ? text : text.replace(markPattern, (_, index) => marks[Number(index)] ?? '');
}

/**
 * A plain YAML scalar that stands for a quoted one. What is replaced by it holds an unsafe character, so a text that looks like it is safe
 * to mark too.
 */
const markPattern = /__imagepull-quoted-(\d+)__/g;

/** The value with each text that needs escapes, keys included, replaced by a mark; `marks` takes what is to stand there. */
function mark(value: unknown, marks: string[]): unknown {
  if (typeof value === 'string') return isUnsafe(value) || value.includes('__imagepull-quoted-') ? marked(value, marks) : value;
  if (Array.isArray(value)) return value.map((item) => mark(item, marks));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mark(key, marks) as string, mark(item, marks)]));
}

function marked(text: string, marks: string[]): string {
  marks.push(escapeJson(JSON.stringify(text)));
  return `__imagepull-quoted-${marks.length - 1}__`;
}
