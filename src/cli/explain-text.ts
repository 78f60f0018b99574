import type { CatalogueEntry } from '../causes/catalogue-entry.ts';
import type { PullError, Reading } from '../causes/reader/pull-error.ts';
import { escapeText } from '../report/escape.ts';
import { hanging } from '../report/wrap.ts';
import { type CauseCode, type CauseFamily, causeCodes } from '../values/cause-code.ts';

type Catalogue = Readonly<Record<CauseCode, Pick<CatalogueEntry, 'family' | 'title' | 'retry'>>>;

const columns = 80;
const codeWidth = Math.max(...causeCodes.map((code) => code.length));

/** All causes by family, in the catalogue's order. */
export function causeList(catalogue: Catalogue): string {
  const families = [...new Set(causeCodes.map((code) => catalogue[code].family))];
  const parts = families.map((family) => `${family.toUpperCase()}\n${familyLines(catalogue, family)}`);
  return `${parts.join('\n\n')}\n`;
}

function familyLines(catalogue: Catalogue, family: CauseFamily): string {
  return causeCodes
    .filter((code) => catalogue[code].family === family)
    .map((code) => hanging(`  ${code.padEnd(codeWidth)}   `, catalogue[code].title, columns))
    .join('\n');
}

const retryWords = {
  never: 'Waiting will not help.',
  wait: 'It may pass by itself: the kubelet tries again.',
  now: 'The next attempt will succeed.',
};

/** What the text of an error alone decides. */
export function messageText({ error, code, confidence, alternatives }: Reading, catalogue: Catalogue): string {
  const { title, retry } = catalogue[code];
  const verdict = hanging('', `${code} (${confidence}): ${title}. ${retryWords[retry]}`, columns);
  const others = alternatives.map((other) =>
    hanging('Or        ', escapeText(`${other.code}: ${catalogue[other.code].title}. Sign: ${other.tellApart}`), columns),
  );
  return [
    ...says(error).map(([name, value]) => hanging(`${name.padEnd(10)}`, escapeText(value), columns)),
    '',
    verdict,
    ...others,
    '',
    'The text alone says this: kubectl imagepull why POD asks the cluster as well.',
    `More: kubectl imagepull explain ${code}`,
    '',
  ].join('\n');
}

function says(error: PullError): [string, string][] {
  const rows: [string, string | null][] = [
    ['Image', error.image],
    ['Runtime', error.runtime === 'unknown' ? null : error.runtime],
    ['Failed at', error.stage === 'unknown' ? null : error.stage],
    ['Request', error.request && [error.request.method, error.request.url].filter(Boolean).join(' ')],
    ['Status', error.status === null ? null : String(error.status)],
    ['Registry', error.registryErrors.map(({ code, message }) => [code, message].filter(Boolean).join(': ')).join('; ') || null],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}
