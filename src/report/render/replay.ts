import type { ReplayRow, ReportImage } from '../../values/report.ts';
import { escapeText } from '../escape.ts';
import { nameOf } from '../steps/finding.ts';
import type { Paint } from './colour.ts';
import { columns } from './columns.ts';
import type { RenderOptions } from './options.ts';

/** What the registry said to each credential of the pod, in the kubelet's order, and to none; empty where it was not asked. */
export function renderReplay(image: ReportImage, options: RenderOptions, paints: Paint): string {
  return replayTable(escapeText(nameOf(image)), image.replay ?? [], options, paints);
}

/** @param of what was replayed, escaped */
export function replayTable(of: string, rows: readonly ReplayRow[], options: RenderOptions, paints: Paint): string {
  if (rows.length === 0) return '';
  const title = `Replay of ${of} from this workstation, in the kubelet's order`;
  const { titles, cells } = replayCells(rows);
  const shown = cells.map((cell, i) => {
    const safe = cell.map(escapeText);
    return rows[i]?.result === 'found' ? [...safe.slice(0, -1), paints.green(safe.at(-1) ?? '')] : safe;
  });
  return `${title}\n${columns(options.headers ? titles : null, shown)}`;
}

/** The replay as a table; not escaped. There is a column for the login check where one was made. */
export function replayCells(rows: readonly ReplayRow[]): {
  readonly titles: readonly string[];
  readonly cells: readonly (readonly string[])[];
} {
  const checked = rows.some(({ login }) => login !== null);
  return {
    titles: ['SECRET', 'KEY', 'USER', 'TOKEN', ...(checked ? ['LOGIN'] : []), 'MANIFEST', 'RESULT'],
    cells: rows.map(({ credential, token, login, manifest, accepted, result }) => [
      ...(credential === null ? ['-', '-', '(nobody)'] : [credential.secret, credential.key, credential.user || '(none)']),
      token ?? '-',
      ...(checked ? [login ?? '-'] : []),
      manifest ?? '-',
      `${result}${accepted === true && result !== 'found' ? ' (the login is good)' : ''}`,
    ]),
  };
}
