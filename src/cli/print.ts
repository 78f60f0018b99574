import { catalogue } from '../causes/catalogue.ts';
import { judge } from '../causes/judge.ts';
import { readAnswer } from '../causes/probe/reading.ts';
import { makeReport } from '../report/make-report.ts';
import { chooseColour } from '../report/render/colour.ts';
import { render } from '../report/render/index.ts';
import type { RenderOptions } from '../report/render/options.ts';
import { isFault } from '../values/cause-code.ts';
import type { Evidence } from '../values/evidence.ts';
import type { PullReport } from '../values/report.ts';
import type { Verdict } from '../values/verdict.ts';
import { exitFound } from './exit-codes.ts';
import type { Io } from './io.ts';
import { CommandError } from './program-errors.ts';
import type { Printing } from './request.ts';

interface PrintOptions extends Printing {
  /** Only this container. */
  readonly container: string | undefined;
}

/** @param container only this one. @throws CommandError where the pod has none of that name */
export function verdictsOn(evidence: Evidence, container: string | undefined): readonly Verdict[] {
  const verdicts = judge(evidence).filter((verdict) => container === undefined || verdict.container === container);
  if (verdicts.length === 0 && container === undefined) throw new CommandError(`error: pod ${evidence.pod.name} has no containers`);
  if (verdicts.length === 0) throw new CommandError(`error: container ${container} is not valid for pod ${evidence.pod.name}`);
  return verdicts;
}

export function reportOf(evidence: Evidence, verdicts: readonly Verdict[]): PullReport {
  return makeReport(evidence, verdicts, catalogue, { readAnswer });
}

/** As standard output is just now. */
export function renderOptions(io: Io, { headers, reachedBy }: Pick<Printing, 'headers' | 'reachedBy'>): RenderOptions {
  return {
    columns: io.stdout.isTTY ? io.stdout.columns : undefined,
    colour: chooseColour(io.stdout, io.env, process.platform === 'win32'),
    headers,
    now: io.now(),
    ...(reachedBy && { reachedBy }),
  };
}

/** Evidence → verdicts → reports → text on stdout. @returns the exit code */
export async function print(evidence: readonly Evidence[], options: PrintOptions, io: Io): Promise<number> {
  const reports = evidence.map((item) => reportOf(item, verdictsOn(item, options.container)));
  io.stdout.write(await render(options.output, reports, renderOptions(io, options)));
  const found = reports.some((report) => report.images.some(({ cause }) => isFault(cause.code)));
  return options.exitCode && found ? exitFound : 0;
}

/**
 * The report is there before the file: where that cannot be written, and where the report cannot be made, the other is not lost.
 * @throws what went wrong with either
 */
export async function printAndSave(
  evidence: readonly Evidence[],
  options: PrintOptions & { readonly save: string | undefined },
  io: Io,
): Promise<number> {
  const printed = print(evidence, options, io);
  await printed.catch(() => {});
  if (options.save !== undefined) await (await import('./save.ts')).saveEvidence(options.save, evidence, io.signal);
  return printed;
}
