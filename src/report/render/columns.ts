import Table from 'cli-table3';
import { displayWidth } from '../wrap.ts';

const borders = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
] as const;

const noBorders = Object.fromEntries(borders.map((border) => [border, '']));

/** Blanks between columns. */
export const gap = 3;

/**
 * What each column takes of the terminal, its gap included, where these are its cells, which may hold several lines and no colours.
 * @param headers null: no line of titles
 */
export function widthsOf(headers: readonly string[] | null, rows: readonly (readonly string[])[]): readonly number[] {
  const all = headers === null ? rows : [headers, ...rows];
  const count = Math.max(0, ...all.map((cells) => cells.length));
  return Array.from({ length: count }, (_, i) => Math.max(0, ...all.map((cells) => longestLine(cells[i] ?? ''))) + gap);
}

function longestLine(cell: string): number {
  return Math.max(...cell.split('\n').map(displayWidth));
}

/** The sum of widths. */
export function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}

/**
 * A table in kubectl's look: no borders, three blanks between columns, titles in capitals, nothing at the ends of lines (cli-runtime
 * pkg/printers/tabwriter.go). Cells may hold several lines.
 * @param headers null: no line of titles
 */
export function columns(headers: readonly string[] | null, rows: readonly (readonly string[])[]): string {
  const table = new Table({
    ...(headers === null ? {} : { head: [...headers] }),
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap, compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
