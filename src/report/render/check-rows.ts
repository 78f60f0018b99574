import type { ImageCheck, ImageUse } from '../../values/check.ts';
import { count } from '../../words/amounts.ts';
import { cutEnd, escapeText } from '../escape.ts';

/** The checks as rows for people: what was found alike of one image, whoever uses it, is one row. */
export function checkRows(checks: readonly ImageCheck[]): readonly ImageCheck[] {
  const rows = new Map<string, ImageCheck>();
  for (const check of checks) {
    const { usedBy, ...rest } = check;
    const key = JSON.stringify(rest);
    const known = rows.get(key);
    rows.set(key, known ? { ...known, usedBy: [...known.usedBy, ...usedBy] } : check);
  }
  return [...rows.values()];
}

export function imageText({ image }: ImageCheck): string {
  return image === '' ? '(none)' : escapeText(image);
}

export function namespaceText({ namespace }: ImageCheck): string {
  return escapeText(namespace);
}

/** Who would pull it: the user of the credential, `nobody` where none is needed. */
export function asText(check: ImageCheck): string {
  if (check.result !== 'ok') return '-';
  return check.as === null ? 'nobody' : escapeText(cutEnd(check.as.user || `secret ${check.as.secret}`, 40));
}

/** `Deployment/web app`: each once. */
export function userTexts({ usedBy }: ImageCheck): readonly string[] {
  return [...new Set(usedBy.map(userText))];
}

function userText({ kind, name, container }: ImageUse): string {
  return escapeText(`${kind}/${name} ${container}`.trim());
}

/** `likely; or auth-forbidden`: how sure the cause is, and what else it may be; empty where there is no cause. */
export function confidenceText({ cause, alternatives }: ImageCheck): string {
  if (cause === null) return '';
  return [cause.confidence, ...(alternatives.length === 0 ? [] : [`or ${alternativeTexts(alternatives)}`])].join('; ');
}

export function alternativeTexts(alternatives: ImageCheck['alternatives']): string {
  return alternatives.map(({ code }) => code).join(', ');
}

/** `manifest-not-found (certain): …` */
export function findingText(check: ImageCheck): string {
  const code = check.cause === null ? '' : `${check.cause.code} (${confidenceText(check)}): `;
  return `${code}${plainFinding(check)}`;
}

export function plainFinding({ finding }: ImageCheck): string {
  return cutEnd(escapeText(finding), 1000);
}

/** The worst first. */
export const resultOrder = ['problem', 'unknown', 'ok'] as const;

/** `12 images: 2 problem, 10 ok` */
export function summaryText(rows: readonly ImageCheck[]): string {
  const counts = resultOrder.flatMap((result) => {
    const found = rows.filter((row) => row.result === result).length;
    return found === 0 ? [] : [`${found} ${result}`];
  });
  return `${count(rows.length, 'image')}: ${counts.join(', ')}`;
}
