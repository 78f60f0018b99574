import type { CauseGroup } from '../../values/group.ts';
import type { PullReport, ReportImage } from '../../values/report.ts';
import type { Watch } from '../../values/watch.ts';

/**
 * What two reports have in common that say the same: ages, counts and the findings of the steps differ from one look to the next. Two texts
 * that are equal mean that there is nothing new to show.
 * @param detail also the findings, without their figures: for a report that is drawn in place
 */
export function sameness(reports: readonly PullReport[], watch: Watch, detail: boolean): string {
  return JSON.stringify([
    watch.state,
    watch.changes.map(({ what, kind, name, after }) => [what, kind, name, after]),
    reports.map(({ pod, images, steps }) => [
      pod.name,
      pod.uid,
      pod.node?.name,
      pod.standsFor,
      images.map(imageKey),
      steps.map(({ name, status, finding }) => [name, status, detail ? withoutFigures(finding) : null]),
    ]),
  ]);
}

/** The same of the groups of a scan. */
export function groupsSameness(groups: readonly CauseGroup[], { state, over = [] }: Watch): string {
  return JSON.stringify([
    state,
    over.map(({ at, code, subject }) => [at, code, subject.name]),
    groups.map(({ code, confidence, retry, subject, members, explanation, fixes }) => [
      [code, confidence, retry, subject, withoutFigures(explanation)],
      members.map(({ namespace, pod, container, node }) => [namespace, pod, container, node]),
      fixes.map(({ commands }) => commands),
    ]),
  ]);
}

function imageKey({ container, kind, image, state, cause, alternatives, also, fixes }: ReportImage) {
  return [
    [kind, container, image, state],
    [cause.code, cause.confidence, cause.retry, withoutFigures(cause.explanation)],
    alternatives.map(({ code }) => code),
    also?.map(({ code }) => code),
    fixes.map(({ commands }) => commands),
  ];
}

/** `4 times in 5m12s` and `5 times in 6m` are the same. */
export function withoutFigures(text: string): string {
  return text.replace(/(?:\d+(?:\.\d+)?(?:ms|[smhdy])?)+/g, '#');
}
