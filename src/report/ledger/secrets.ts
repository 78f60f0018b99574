import type { Evidence, SecretFacts, SecretsFacts } from '../../values/evidence.ts';
import type { Verdict } from '../../values/verdict.ts';
import { describeObstacle, find } from '../steps/finding.ts';
import { cluster, type Line } from './line.ts';

/** Each pull secret, then what the kubelet would send for this image, in its order. */
export function secretLines(evidence: Evidence, facts: SecretsFacts, verdict: Verdict): readonly Line[] {
  const tries = find(facts.images, verdict)?.tries ?? [];
  return [
    ...facts.secrets.map((secret) => secretLine(evidence, secret)),
    ...tries.map(({ secret, key, user }, i) =>
      cluster(evidence, `the kubelet would send ${user === '' ? 'it' : `user ${user}`} (number ${i + 1})`, `secret/${secret} key ${key}`),
    ),
  ];
}

function secretLine(evidence: Evidence, secret: SecretFacts): Line {
  const source = `secret/${secret.name}`;
  if (secret.obstacle !== null) return cluster(evidence, describeObstacle(secret.obstacle), source);
  if (secret.state === 'missing') return cluster(evidence, `does not exist in namespace ${evidence.pod.namespace}`, source);
  if (secret.fault !== null) return cluster(evidence, `${secret.fault.code}: ${secret.fault.detail}`, source);
  const keys = secret.entries.map((entry) => {
    const details = [
      entry.user === '' ? '' : `user ${entry.user}`,
      entry.expiresAt === null ? '' : `ends ${entry.expiresAt}`,
      ...entry.remarks,
    ];
    const said = details.filter((detail) => detail !== '').join(', ');
    return said === '' ? entry.key : `${entry.key} (${said})`;
  });
  const changed = secret.changedAt ?? secret.createdAt;
  return cluster(evidence, `${secret.type ?? 'no type'}, keys ${keys.join(', ')}${changed === null ? '' : `, changed ${changed}`}`, source);
}
