import type { Evidence, SpecFacts } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { changeWords } from '../rollout.ts';
import { describeObstacle, find } from '../steps/finding.ts';
import { cluster, type Line } from './line.ts';

/** The image as it was asked for, and the pull secrets of the pod and of its service account. */
export function specLines(evidence: Evidence, facts: SpecFacts, verdict: Verdict): Line[] {
  const image = find(facts.images, verdict);
  const pod = `pod/${evidence.pod.name}`;
  const lines: Line[] = [];
  if (image !== null) {
    const added = image.defaults.length === 0 ? '' : `, with ${image.defaults.join(' ')} added`;
    const policy = facts.unread === undefined ? `, pull policy ${image.pullPolicy}` : '';
    lines.push(cluster(evidence, `image ${image.image}${added}${policy}`, `${pod} spec of ${image.container}`));
    if (image.invalid !== null) lines.push(cluster(evidence, image.invalid.message, `${pod} spec of ${image.container}`));
  }
  lines.push(
    cluster(
      evidence,
      facts.unread !== undefined
        ? describeObstacle(facts.unread)
        : facts.pullSecrets.length === 0
          ? 'no pull secret'
          : `pull secrets ${facts.pullSecrets.join(', ')}`,
      `${pod} spec.imagePullSecrets`,
    ),
  );
  const account = `serviceaccount/${evidence.pod.serviceAccount}`;
  if ('obstacle' in facts.serviceAccount) lines.push(cluster(evidence, describeObstacle(facts.serviceAccount.obstacle), account));
  else {
    const own = facts.serviceAccount.value.pullSecrets;
    lines.push(cluster(evidence, own.length === 0 ? 'no pull secret' : `pull secrets ${own.join(', ')}`, `${account} imagePullSecrets`));
  }
  return [...lines, ...rolloutLines(evidence, verdict)];
}

/** What the pod's revision changed, of this container and of all. */
function rolloutLines(evidence: Evidence, { container }: Verdict): readonly Line[] {
  const { owner, rollout } = evidence.pod;
  const changes = (rollout?.changes ?? []).filter((change) => change.container === undefined || change.container === container);
  const source = `revision ${rollout?.revision} of ${owner === null ? 'its workload' : `${owner.kind} ${owner.name}`}, and the one before`;
  return changes.map((change) => cluster(evidence, `changed by this revision: ${changeWords(change, false)}`, source));
}
