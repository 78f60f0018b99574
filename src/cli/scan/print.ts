import { catalogue } from '../../causes/catalogue.ts';
import type { Judged } from '../../causes/group/case.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { checkNamespace, checkNode } from '../../playbook/scan/namespace.ts';
import { escapeText } from '../../report/escape.ts';
import { renderScan } from '../../report/scan/index.ts';
import { makeGroups } from '../../report/scan/make-groups.ts';
import type { CauseGroup } from '../../values/group.ts';
import type { PullReport } from '../../values/report.ts';
import { count } from '../../words/amounts.ts';
import { exitFound } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { renderOptions, reportOf } from '../print.ts';
import type { Printing } from '../request.ts';

interface PrintOptions extends Printing {
  /** null: all namespaces. */
  readonly namespace: string | null;
  /** What is not known of the place that was asked for; null: it exists, or that is no question. */
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
    ...renderOptions(io, options),
    ...(options.from !== undefined && { from: options.from }),
  });
  for await (const part of parts) io.stdout.write(part);
  const { unread = 0 } = options;
  if (unread > 0) io.stderr.write(`error: ${unreadWords(judged.length, unread)}\n`);
  if (groups.length > 0 && options.exitCode) return exitFound;
  if (unread > 0) return 1;
  if (groups.length > 0) return 0;
  const where = options.namespace === null ? '' : ` in ${options.namespace} namespace`;
  if (options.output !== 'json' && options.output !== 'yaml') io.stderr.write(`No failing image pulls found${where}.\n`);
  if (options.doubt !== null) io.stderr.write(`warning: ${options.doubt}\n`);
  return 0;
}

/** The answer is not whole. @param read failing pods */
export function unreadWords(read: number, unread: number): string {
  const was = (pods: number) => (pods === 1 ? 'was' : 'were');
  return `the time of --timeout is over: ${count(read, 'failing pod')} ${was(read)} read, ${unread} more ${was(unread)} not`;
}

/**
 * Whether the place exists of which no pod was seen: a misspelt name is no all-clear.
 * @returns what is not known of it; null: it exists
 * @throws ApiError (404) where it does not
 */
export async function doubtOf(cluster: Cluster, namespace: string | null, node: string | undefined): Promise<string | null> {
  const words = (place: string, why: string | null) =>
    why === null ? null : `no pod was seen there, and whether ${place} exists could not be checked: ${escapeText(why)}`;
  const ofNamespace = namespace === null ? null : words(`namespace ${namespace}`, await checkNamespace(cluster, namespace));
  return ofNamespace ?? (node === undefined ? null : words(`node ${node}`, await checkNode(cluster, node)));
}

/** One at a time, when it is printed. */
function* reports(judged: readonly Judged[]): Generator<PullReport> {
  for (const { evidence, verdicts } of judged) yield reportOf(evidence, verdicts);
}
