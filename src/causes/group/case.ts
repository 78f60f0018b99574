import { isFault } from '../../values/cause-code.ts';
import type { Evidence } from '../../values/evidence.ts';
import type { GroupMember, GroupSubject } from '../../values/group.ts';
import type { Verdict } from '../../values/verdict.ts';
import { registryHost } from '../facts.ts';
import type { ImageView } from '../view.ts';
import { viewsOf } from '../views.ts';
import { subjectOf } from './subject.ts';

/** One failing image of one pod, with all that the grouping looks at. */
export interface Case {
  readonly verdict: Verdict;
  readonly view: ImageView;
  readonly member: GroupMember;
  readonly subject: GroupSubject;
  readonly node: string | null;
  /** Of the image. */
  readonly registry: string | null;
  readonly since: string | null;
}

/** Evidence and what was concluded from it. */
export interface Judged {
  readonly evidence: Evidence;
  readonly verdicts: readonly Verdict[];
}

/** Whether something is wrong with an image of this pod, as its verdict says. */
export function isFailure({ code }: Verdict): boolean {
  return isFault(code);
}

/** The failing images of one pod. */
export function casesOf({ evidence, verdicts }: Judged): readonly Case[] {
  const views = viewsOf(evidence);
  return verdicts.filter(isFailure).flatMap((verdict) => {
    const view = views.find(({ container }) => container.container === verdict.container && container.kind === verdict.kind);
    return view ? [caseOf(evidence, verdict, view)] : [];
  });
}

function caseOf({ pod }: Evidence, verdict: Verdict, view: ImageView): Case {
  const { container, image, code, confidence } = verdict;
  return {
    verdict,
    view,
    member: { namespace: pod.namespace, pod: pod.name, container, image, node: pod.node, owner: pod.owner, code, confidence },
    subject: subjectOf(code, view),
    node: pod.node,
    registry: registryHost(view),
    since: sinceOf(view),
  };
}

/** When the oldest event about this failure began. */
function sinceOf({ events, container }: ImageView): string | null {
  const failures = events.filter(({ reason, type }) => type === 'Warning' || reason === 'BackOff' || container.kind === 'sandbox');
  return failures.map(({ first }) => first).sort()[0] ?? null;
}
