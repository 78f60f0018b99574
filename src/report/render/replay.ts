import type { ReplayRow, ReportImage } from '../../values/report.ts';
import { escapeText } from '../escape.ts';
import { nameOf } from '../steps/finding.ts';
import type { Paint } from './colour.ts';
import { columns } from './columns.ts';
import type { RenderOptions } from './options.ts';

const titles = ['SECRET', 'KEY', 'USER', 'TOKEN', 'MANIFEST', 'RESULT'];

/** What the registry said to each credential of the pod, in the kubelet's order, and to none; empty where it was not asked. */
export function renderReplay(image: ReportImage, options: RenderOptions, paints: Paint): string {
  return replayTable(escapeText(nameOf(image)), image.replay ?? [], options, paints);
}

/** @param of what was replayed, escaped */
export function replayTable(of: string, rows: readonly ReplayRow[], options: RenderOptions, paints: Paint): string {
  if (rows.length === 0) return '';
  const title = `Replay of ${of} from this workstation, in the kubelet's order`;
  return `${title}\n${columns(
    options.headers ? titles : null,
    rows.map((row) => cells(row, paints)),
  )}`;
}

function cells({ credential, token, manifest, accepted, result }: ReplayRow, paints: Paint): string[] {
  const from = credential === null ? ['-', '-', '(nobody)'] : [credential.secret, credential.key, credential.user || '(none)'];
  const login = accepted === true && result !== 'found' ? ' (the login is good)' : '';
  const end = `${result}${login}`;
  return [...from.map(escapeText), escapeText(token ?? '-'), escapeText(manifest ?? '-'), result === 'found' ? paints.green(end) : end];
}
