import type { CatalogueEntry } from '../../causes/catalogue/entry.ts';
import type { PullError, Reading } from '../../causes/reader/pull-error.ts';
import { isInformative } from '../../causes/reader/read.ts';
import { escapeText } from '../../report/escape.ts';
import { hanging } from '../../report/wrap.ts';
import { type CauseCode, type CauseFamily, causeCodes } from '../../values/cause-code.ts';
import { pluginCommand } from '../../values/plugin-name.ts';
import { redact } from './redact.ts';

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

/**
 * What the text alone decides, for each image that it complains of.
 * @param issues the address at which what is not known is to be reported; null: not decided
 */
export function messagesText(readings: readonly Reading[], catalogue: Catalogue, issues: string | null): string {
  const known = readings.some(({ code }) => code !== 'unknown');
  return [
    ...(readings.length > 1 ? [`The text is about ${readings.length} images.`, ''] : []),
    ...readings.flatMap((reading) => [...messageLines(reading, catalogue, issues), '']),
    ...(known ? [`The text alone says this: ${pluginCommand} why POD asks the cluster as well.`, ''] : []),
  ].join('\n');
}

function messageLines({ error, code, confidence, alternatives }: Reading, catalogue: Catalogue, issues: string | null): string[] {
  const rows = says(error).map(([name, value]) => hanging(`${name.padEnd(10)}`, escapeText(value), columns));
  if (code === 'unknown') return [...rows, ...(rows.length > 0 ? [''] : []), ...unknownLines(error, issues)];
  const { title, retry } = catalogue[code];
  const outlook = code === 'none' ? '' : ` ${retryWords[retry]}`;
  const others = alternatives.map((other) =>
    hanging('Or        ', escapeText(`${other.code}: ${catalogue[other.code].title}. It would show: ${other.tellApart}`), columns),
  );
  return [
    ...rows,
    ...(rows.length > 0 ? [''] : []),
    hanging('', `${code} (${confidence}): ${title}.${outlook}`, columns),
    ...others,
    `More: ${pluginCommand} explain ${code}`,
  ];
}

/** A text without a reason asks for one; a reason that is not known asks for a report. */
function unknownLines(error: PullError, issues: string | null): string[] {
  if (!isInformative(error.raw) || isStatusAlone(error.raw)) {
    const what = isStatusAlone(error.raw)
      ? `unknown: ${error.raw.trim()} is only the status of a container, and says no reason.`
      : /back-?off|fail|err/i.test(error.raw)
        ? 'unknown: the text says that the pull failed, and not why.'
        : 'unknown: the text says nothing of a pull.';
    return [
      hanging('', `${what} The reason is in an event of the pod, for an hour, or comes with the next attempt.`, columns),
      `Find it: ${pluginCommand} why POD`,
      `More: ${pluginCommand} explain unknown`,
    ];
  }
  return [
    hanging('', 'unknown: no known cause has these words. Here they are, without names, addresses and secrets:', columns),
    '',
    hanging('  ', escapeText(redact(error.raw)), columns),
    '',
    hanging('', `To report it, paste them into an issue ${issues === null ? 'of the project' : `at ${issues}`}.`, columns),
    `Ask the cluster: ${pluginCommand} why POD`,
    `More: ${pluginCommand} explain unknown`,
  ];
}

/** One word in the form of a status. */
function isStatusAlone(text: string): boolean {
  return /^[A-Z][a-z]+(?:[A-Z][a-z]+)+$/.test(text.trim());
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
