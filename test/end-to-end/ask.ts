import { mkdirSync, writeFileSync } from 'node:fs';
import type { PullReport } from '../../src/values/report.ts';
import { type Outcome, run } from './run.ts';
import { namespaceOf } from './scenarios.ts';
import { labEnvironment, type Settings } from './settings.ts';

/** From where the lab's registries can be reached, and from where they cannot. */
export const views = ['workstation', 'outside'] as const;
export type View = (typeof views)[number];

export interface Answer {
  readonly scenario: string;
  readonly expected: string;
  /** The cause of the images that are at fault; several different ones are joined by `+`; `none` where no image is accused. */
  readonly got: string;
  readonly confidence: string;
  readonly milliseconds: number;
  /** One line, where the program gave no report. */
  readonly error: string | null;
}

const atOnce = 2;
const limit = 90_000;

/** Asks `why` of each pod, two at once, and compares with what is expected. Reports are written to the directory for evidence. */
export async function ask(settings: Settings, view: View, expected: Readonly<Record<string, string>>): Promise<readonly Answer[]> {
  const queue = Object.entries(expected);
  const answers: Answer[] = [];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) answers.push(await askOne(settings, view, ...next));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const order = Object.keys(expected);
  return answers.sort((a, b) => order.indexOf(a.scenario) - order.indexOf(b.scenario));
}

async function askOne(settings: Settings, view: View, scenario: string, expected: string): Promise<Answer> {
  const command = [settings.program, 'why', scenario, '-n', namespaceOf(scenario), '-o', 'json'];
  const line = view === 'workstation' ? [`${settings.root}test/lab/workstation`, ...command] : command;
  const outcome = await run(line[0] as string, line.slice(1), { env: labEnvironment(settings), limit });
  keep(settings, view, scenario, outcome);
  return { scenario, expected, milliseconds: outcome.milliseconds, ...readAnswer(outcome) };
}

export function readAnswer(outcome: Outcome): Pick<Answer, 'got' | 'confidence' | 'error'> {
  const failed = (error: string) => ({ got: '(error)', confidence: '', error });
  if (outcome.code !== 0) return failed(outcome.stderr.trim().slice(0, 300) || `exit code ${outcome.code ?? 'none: it took too long'}`);
  let report: PullReport;
  try {
    report = JSON.parse(outcome.stdout) as PullReport;
  } catch {
    return failed('what it printed is not JSON');
  }
  const accused = report.images.filter((image) => image.cause.code !== 'none');
  const images = accused.length > 0 ? accused : report.images;
  return {
    got: distinct(images.map((image) => image.cause.code)),
    confidence: distinct(images.map((image) => image.cause.confidence)),
    error: null,
  };
}

const distinct = (words: readonly string[]): string => [...new Set(words)].join('+');

function keep(settings: Settings, view: View, scenario: string, outcome: Outcome): void {
  if (settings.evidence === null) return;
  mkdirSync(`${settings.evidence}/${view}`, { recursive: true });
  writeFileSync(`${settings.evidence}/${view}/${scenario}.json`, outcome.stdout || JSON.stringify(outcome));
}
