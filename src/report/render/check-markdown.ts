import type { ImageCheck } from '../../values/check.ts';
import { asText, confidenceText, imageText, plainFinding, resultOrder, summaryText, userTexts } from './check-rows.ts';
import { code, literal, tableOf } from './markdown-text.ts';
import { replayCells } from './replay.ts';

/**
 * For a pull request or a chat: what has a problem first, then the rest, the registries' answers behind a fold. GitHub Flavored Markdown.
 */
export function renderChecksMarkdown(rows: readonly ImageCheck[]): string {
  const sorted = resultOrder.flatMap((result) => rows.filter((row) => row.result === result));
  const replays = sorted.filter(({ replay }) => replay.length > 0).map(replayOf);
  const fold = `<details><summary>What the registries said</summary>\n\n${replays.join('\n\n')}\n\n</details>`;
  return `${[
    `### ${summaryText(rows)}`,
    tableOf(['result', 'image', 'used by', 'as', 'finding'], sorted.map(cellsOf)),
    ...(replays.length === 0 ? [] : [fold]),
  ].join('\n\n')}\n`;
}

function cellsOf(row: ImageCheck): readonly string[] {
  const { cause } = row;
  const found = cause === null ? '' : `**${cause.code}** (${confidenceText(row)}): `;
  const result = row.result === 'problem' ? '**problem**' : row.result;
  return [
    result,
    cell(imageText(row)),
    userTexts(row).map(cell).join('<br>') || '-',
    literal(asText(row)),
    `${found}${literal(plainFinding(row))}`,
  ];
}

function replayOf(row: ImageCheck): string {
  const [user] = userTexts(row);
  const { titles, cells } = replayCells(row.replay);
  const table = tableOf(
    titles.map((title) => title.toLowerCase()),
    cells.map((row) => row.map((text) => literal(text))),
  );
  return `${code(imageText(row))}${user === undefined ? '' : ` for ${literal(user)}`}\n\n${table}`;
}

/** A bar would end the cell, even in code (GFM 4.10). */
function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}
