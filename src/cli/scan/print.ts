import { catalogue } from '../../causes/catalogue.ts';
import { shellQuote } from '../../causes/fix/shell.ts';
import type { Judged } from '../../causes/group/case.ts';
import { readAnswer } from '../../causes/probe/reading.ts';
import { escapeText } from '../../report/escape.ts';
import { makeReport } from '../../report/make-report.ts';
import { chooseColour } from '../../report/render/colour.ts';
import type { Format } from '../../report/render/options.ts';
import { makeGroups, renderScan } from '../../report/scan/index.ts';
import type { CauseGroup } from '../../values/group.ts';
import type { PullReport } from '../../values/report.ts';
import { count } from '../../words/amounts.ts';
import { exitFound } from '../exit-codes.ts';
import type { Io } from '../io.ts';

interface PrintOptions {
  readonly output: Format;
  readonly headers: boolean;
  readonly exitCode: boolean;
  /** null: all namespaces. */
  readonly namespace: string | null;
  /** Why it is not known whether that namespace exists; null: it does, or that is no question. */
  readonly doubt: string | null;
  /** The file that was read instead of a cluster. */
  readonly from?: string;
  /** Pods that could not be read in time: the answer is not whole. */
  readonly unread?: number;
}

/** Groups → text on stdout; that there are none, on stderr, as kubectl says that there is nothing. @returns the exit code */
export async function printScan(judged: readonly Judged[], groups: readonly CauseGroup[], options: PrintOptions, io: Io): Promise<number> {
  const report = {
    items: reports(judged),
    names: judged.map(({ evidence }) => evidence.pod.name),
    groups: makeGroups(groups, catalogue),
  };
  const parts = renderScan(options.output, report, {
    columns: io.stdout.isTTY ? io.stdout.columns : undefined,
    colour: chooseColour(io.stdout, io.env, process.platform === 'win32'),
    headers: options.headers,
    now: io.now(),
    ...(options.from !== undefined && { from: shellQuote(options.from) }),
  });
  for await (const part of parts) io.stdout.write(part);
  const { unread = 0 } = options;
  if (unread > 0) io.stderr.write(`error: ${unreadWords(judged.length, unread)}\n`);
  if (groups.length > 0 && options.exitCode) return exitFound;
  if (unread > 0) return 1;
  if (groups.length > 0) return 0;
  const where = options.namespace === null ? '' : ` in ${options.namespace} namespace`;
  if (options.output !== 'json' && options.output !== 'yaml') io.stderr.write(`No failing image pulls found${where}.\n`);
  if (options.doubt !== null) {
    io.stderr.write(`warning: ${doubtWords(options.namespace, options.doubt)}\n`);
  }
  return 0;
}

/** The answer is not whole. @param read failing pods */
export function unreadWords(read: number, unread: number): string {
  const was = (pods: number) => (pods === 1 ? 'was' : 'were');
  return `the time of --timeout is over: ${count(read, 'failing pod')} ${was(read)} read, ${unread} more ${was(unread)} not`;
}

/** @param doubt what stood in the way of knowing */
export function doubtWords(namespace: string | null, doubt: string): string {
  return `no pod was seen there, and whether namespace ${namespace} exists could not be checked: ${escapeText(doubt)}`;
}

/** One at a time, when it is printed. */
function* reports(judged: readonly Judged[]): Generator<PullReport> {
  for (const { evidence, verdicts } of judged) yield makeReport(evidence, verdicts, catalogue, { readAnswer });
}
