import { cutEnd, escapeText, limits } from '../escape.ts';

/** Text of others as Markdown shows it, letter by letter: nothing in it is markup, a link, or calls anybody (`@name`, `#1`). */
export function literal(text: string, most: number = limits.paragraph): string {
  return cutEnd(escapeText(text), most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('#', '&#35;')
    .replaceAll('@', '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/[\\`*_[\]|~]/g, '\\$&');
}

/** A name as code: in backticks, more of them than it has itself (CommonMark 6.1). */
export function code(text: string): string {
  const plain = escapeText(text);
  const fence = '`'.repeat(longestRun(plain) + 1);
  const gap = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${plain}${gap}${fence}`;
}

/** Commands, each on its line, to be copied as they are (CommonMark 4.5). */
export function shell(commands: readonly string[]): string {
  const text = commands.map(escapeText).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}sh\n${text}\n${fence}`;
}

/** Every row has as many cells as there are titles; the cells are Markdown already. */
export function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
