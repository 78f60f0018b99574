import { catalogue } from '../causes/catalogue.ts';
import { judge } from '../causes/judge.ts';
import { readAnswer } from '../causes/probe/reading.ts';
import { makeReport } from '../report/make-report.ts';
import { chooseColour } from '../report/render/colour.ts';
import { render } from '../report/render/index.ts';
import type { Format } from '../report/render/options.ts';
import type { CauseCode } from '../values/cause-code.ts';
import type { Evidence } from '../values/evidence.ts';
import { exitFound } from './exit-codes.ts';
import type { Io } from './io.ts';
import { CommandError } from './program-errors.ts';

interface PrintOptions {
  readonly output: Format;
  readonly headers: boolean;
  readonly exitCode: boolean;
  /** Only this container. */
  readonly container: string | undefined;
}

const notFailing: ReadonlySet<CauseCode> = new Set(['none', 'still-pulling']);

/** Evidence → verdicts → reports → text on stdout. @returns the exit code */
export async function print(evidence: readonly Evidence[], options: PrintOptions, io: Io): Promise<number> {
  const reports = evidence.map((item) => {
    const verdicts = judge(item).filter((verdict) => options.container === undefined || verdict.container === options.container);
    if (verdicts.length === 0) throw new CommandError(`error: container ${options.container} is not valid for pod ${item.pod.name}`);
    return makeReport(item, verdicts, catalogue, { readAnswer });
  });
  const text = await render(options.output, reports, {
    columns: io.stdout.isTTY ? io.stdout.columns : undefined,
    colour: chooseColour(io.stdout, io.env, process.platform === 'win32'),
    headers: options.headers,
    now: io.now(),
  });
  io.stdout.write(text);
  const found = reports.some((report) => report.images.some((image) => !notFailing.has(image.cause.code)));
  return options.exitCode && found ? exitFound : 0;
}
