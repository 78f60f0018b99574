import { isFault } from '../../values/cause-code.ts';
import { forEachImage, ok, problem, type StepReport, unknown } from './finding.ts';

/** The causes in one line; the table prints them in full instead. */
export const verdict: StepReport = (_evidence, verdicts) => {
  if (verdicts.length === 0) return unknown('no image was judged');
  const row = forEachImage(verdicts, ({ code, confidence }) => ok(code === 'none' ? code : `${code} (${confidence})`), {
    nothing: ok('none'),
  });
  const faults = verdicts.filter(({ code }) => isFault(code));
  if (faults.length === 0) return row;
  return faults.every(({ code }) => code === 'unknown') ? unknown(row.finding) : problem(row.finding);
};
