import { displayWidth } from '../wrap.ts';

const gap = 3;

/** What colours text (ECMA-48 section 8.3.117, SGR), and takes no room. */
const colours = /\u001b\[[\d;]*m/g;

/**
 * A table in kubectl's look: no borders, three blanks between columns, titles in capitals, nothing at the ends of lines (cli-runtime pkg/printers/tabwriter.go).
 * Cells may hold several lines, and colours.
 * @param headers null: no line of titles
 */
export function columns(headers: readonly string[] | null, rows: readonly (readonly string[])[]): string {
  const all = [...(headers === null ? [] : [headers]), ...rows].map((cells) => cells.map((cell) => cell.split('\n')));
  const count = Math.max(0, ...all.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(0, ...all.flatMap((cells) => (cells[column] ?? []).map(widthOf))));
  return all.flatMap((cells) => linesOf(cells, widths)).join('\n');
}

function linesOf(cells: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, column) => {
        const text = cells[column]?.[line] ?? '';
        return text + ' '.repeat(width - widthOf(text) + gap);
      })
      .join('')
      .trimEnd(),
  );
}

function widthOf(text: string): number {
  return displayWidth(text.replace(colours, ''));
}
