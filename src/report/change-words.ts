import type { NodeFacts } from '../values/evidence.ts';
import { shortlyBefore } from '../values/failure-start.ts';
import { humanDuration } from '../words/durations.ts';
import { list } from '../words/text.ts';
import type { Failure } from './blast-radius.ts';

/** What a new node may lack, and what a new Secret may get wrong; a certificate's dates and names are neither's. */
const bearsOnNode = ({ family, verdict }: Failure) => family === 'network' || family === 'node' || verdict.code === 'tls-unknown-authority';
/** What a template names: the image, its pull secrets, the nodes for it. */
const bearsOnTemplate = ({ family }: Failure) => family === 'reference' || family === 'credentials' || family === 'content';
const bearsOnSecrets = ({ family }: Failure) => family === 'credentials' || family === 'reference';

/** What changed shortly before it began to fail, where that bears on the cause: the node came, a revision was rolled out, a pull Secret was written. */
export function whatChanged(failure: Failure, node: NodeFacts | null): string | null {
  const { evidence, since } = failure;
  const { rollout } = evidence.pod;
  const secrets = evidence.secrets.outcome === 'done' && bearsOnSecrets(failure) ? evidence.secrets.facts.secrets : [];
  const revision = rollout?.revision === undefined ? 'this revision' : `revision ${rollout.revision}`;
  const changes = [
    ...(node === null || !bearsOnNode(failure) ? [] : [{ what: `node ${node.name} joined the cluster`, at: node.createdAt }]),
    ...(rollout?.since && bearsOnTemplate(failure) ? [{ what: `${revision} was rolled out`, at: rollout.since }] : []),
    ...secrets.flatMap(({ name, changedAt }) => (changedAt === null ? [] : [{ what: `Secret ${name} was written`, at: changedAt }])),
  ];
  const near = changes.flatMap(({ what, at }) => {
    const before = shortlyBefore(at, since);
    return before !== null ? [`${what} ${humanDuration(before)} before the first failure`] : [];
  });
  return near.length === 0 ? null : `${upper(list(near))}.`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
