import { concerned, forEachImage, ok, problem, type StepReport, unknown } from './finding.ts';

/** The causes in one line; the table prints them in full instead. */
export const verdict: StepReport = (_evidence, verdicts) => {
  const told = (code: string, confidence: string): string => (code === 'none' ? 'none' : `${code} (${confidence})`);
  if (verdicts.length === 0) return unknown('no image was judged');
  const row = forEachImage(verdicts, ({ code, confidence }) => ok(told(code, confidence)), { nothing: ok('none') });
  const codes = concerned(verdicts).map(({ code }) => code);
  if (codes.every((code) => code === 'none' || code === 'still-pulling')) return row;
  return codes.every((code) => code === 'none' || code === 'still-pulling' || code === 'unknown')
    ? unknown(row.finding)
    : problem(row.finding);
};
