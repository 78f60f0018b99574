import type { Answer, View } from './ask.ts';
import { measured } from './scenarios.ts';

export interface Score {
  readonly total: number;
  readonly right: number;
  readonly missed: readonly string[];
  /** The worst that can happen: `SCENARIO: CAUSE` of what is wrong and called certain. */
  readonly wrongWithCertain: readonly string[];
}

export function scoreOf(answers: readonly Answer[]): Score {
  const missed = answers.filter((answer) => answer.got !== answer.expected);
  return {
    total: answers.length,
    right: answers.length - missed.length,
    missed: missed.map((answer) => answer.scenario),
    wrongWithCertain: missed.filter((answer) => answer.confidence.includes('certain')).map((answer) => `${answer.scenario}: ${answer.got}`),
  };
}

/** A row per scenario, then the score. */
export function tableOf(view: View, answers: readonly Answer[], allowedMisses: number): string {
  const rows = answers.map((a) => [a.got === a.expected ? '' : 'X', a.scenario, a.expected, a.got, a.confidence, String(a.milliseconds)]);
  const header = ['', 'SCENARIO', 'EXPECTED', 'GOT', 'CONFIDENCE', 'MS'];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)));
  const lines = [header, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const { total, right, missed } = scoreOf(answers.filter((answer) => measured(answer.scenario)));
  const wrong = scoreOf(answers).wrongWithCertain;
  const middle = median(answers.map((answer) => answer.milliseconds));
  return [
    `${view} (the lab's registries ${view === 'workstation' ? 'can' : 'cannot'} be reached from here)`,
    ...lines,
    `${view}: ${right} of ${total} right (at least ${total - allowedMisses} wanted), ${wrong.length} wrong with certain, median ${middle} ms`,
    ...(missed.length > 0 ? [`missed: ${missed.join(', ')}`] : []),
    ...(wrong.length > 0 ? [`wrong with certain: ${wrong.join(', ')}`] : []),
  ].join('\n');
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
