import Table from 'cli-table3';

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

/**
 * A table in kubectl's look: no borders, three blanks between columns, titles in capitals, nothing at the ends of lines (cli-runtime pkg/printers/tabwriter.go).
 * Cells may hold several lines.
 * @param headers null: no line of titles
 */
export function columns(headers: readonly string[] | null, rows: readonly (readonly string[])[]): string {
  const table = new Table({
    ...(headers === null ? {} : { head: [...headers] }),
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 3, compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
