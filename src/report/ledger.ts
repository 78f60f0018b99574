import type { Attempt, Evidence, Exchange, ImageRegistryFacts, PodEvent, ProbeFacts, SecretFacts, Step } from '../values/evidence.ts';
import type { EvidenceLine } from '../values/report.ts';
import type { Verdict } from '../values/verdict.ts';
import { cutMiddle, limits } from './escape.ts';
import { humanBytes } from './human.ts';
import { describeObstacle, find } from './steps/finding.ts';
import { eventsOf } from './steps/pull-events.ts';

/** A line before its place in the ledger is known. */
type Line = Omit<EvidenceLine, 'step'>;

/** Everything that is known about one image, each fact with the place it was read from and its time, in the order of the playbook. Texts stand in full, up to 4096 characters. */
export function ledger(evidence: Evidence, verdict: Verdict): readonly EvidenceLine[] {
  return [
    ...linesOf('describe', evidence.describe, evidence, () => describeLines(evidence, verdict)),
    ...linesOf('events', evidence.events, evidence, (facts) => eventsOf(facts, verdict).map(eventLine)),
    ...linesOf('spec', evidence.spec, evidence, () => specLines(evidence, verdict)),
    ...linesOf('secrets', evidence.secrets, evidence, (facts) => [
      ...facts.secrets.map((secret) => secretLine(evidence, secret)),
      ...(find(facts.images, verdict)?.tries ?? []).map(({ secret, key, user }, i) =>
        cluster(evidence, `the kubelet would send ${user === '' ? 'it' : `user ${user}`} (number ${i + 1})`, `secret/${secret} key ${key}`),
      ),
    ]),
    ...linesOf('registry', evidence.registry, evidence, (facts) => registryLines(evidence, find(facts.images, verdict))),
    ...linesOf('probe', evidence.probe, evidence, (facts) => probeLines(evidence, facts, verdict)),
    ...linesOf('node', evidence.node, evidence, () => nodeLines(evidence, verdict)),
  ];
}

/** A step that was not done leaves one line: what stood in the way is evidence too; a step that was skipped leaves none. */
function linesOf<Facts>(
  step: EvidenceLine['step'],
  read: Step<Facts>,
  evidence: Evidence,
  lines: (facts: Facts) => readonly Line[],
): EvidenceLine[] {
  if (read.outcome === 'skipped') return [];
  const from = step === 'registry' ? 'workstation' : 'cluster';
  const made =
    read.outcome === 'done'
      ? lines(read.facts)
      : [{ from, fact: describeObstacle(read.obstacle), source: step, at: evidence.collectedAt } as const];
  return made.map((line) => ({
    step,
    ...line,
    fact: cutMiddle(line.fact, limits.fact),
    source: cutMiddle(line.source, limits.sourceText),
  }));
}

function cluster(evidence: Evidence, fact: string, source: string): Line {
  return { from: 'cluster', fact, source, at: evidence.collectedAt };
}

function describeLines(evidence: Evidence, verdict: Verdict): Line[] {
  if (evidence.describe.outcome !== 'done') return [];
  const pod = `pod/${evidence.pod.name}`;
  const container = find(evidence.describe.facts.containers, verdict);
  const lines: Line[] = [];
  if (evidence.pod.unscheduled !== null) lines.push(cluster(evidence, evidence.pod.unscheduled, `${pod} status.conditions[PodScheduled]`));
  if (container === null) return lines;
  const node = (fact: string, path: string, at = evidence.collectedAt): void => {
    lines.push({ from: 'node', fact, source: `${pod} ${container.source}${path}`, at });
  };
  const { waiting, terminated } = container;
  if (waiting !== null) node(waiting.message === null ? waiting.reason : `${waiting.reason}: ${waiting.message}`, '.state.waiting');
  if (terminated !== null) {
    const words = [terminated.reason, terminated.message].filter((part) => part !== null).join(': ');
    node(`exit code ${terminated.exitCode}${words === '' ? '' : `, ${words}`}`, '.state.terminated', terminated.at ?? evidence.collectedAt);
  }
  if (container.running) node('running', '.state.running');
  if (container.imageId !== null) node(`image ID ${container.imageId}`, '.imageID');
  if (container.log !== null) node(container.log, ' log');
  return lines;
}

function eventLine(event: PodEvent): Line {
  const times = event.count === 1 ? '' : `, ${event.count} times since ${event.first}`;
  return {
    from: 'node',
    fact: `${event.reason}: ${event.message}`,
    source: `event/${event.name} of ${event.from}${times}`,
    at: event.last,
  };
}

function specLines(evidence: Evidence, verdict: Verdict): Line[] {
  if (evidence.spec.outcome !== 'done') return [];
  const { facts } = evidence.spec;
  const image = find(facts.images, verdict);
  const pod = `pod/${evidence.pod.name}`;
  const lines: Line[] = [];
  if (image !== null) {
    const added = image.defaults.length === 0 ? '' : `, with ${image.defaults.join(' ')} added`;
    lines.push(cluster(evidence, `image ${image.image}${added}, pull policy ${image.pullPolicy}`, `${pod} spec of ${image.container}`));
    if (image.invalid !== null) lines.push(cluster(evidence, image.invalid.message, `${pod} spec of ${image.container}`));
  }
  lines.push(
    cluster(
      evidence,
      facts.pullSecrets.length === 0 ? 'no pull secret' : `pull secrets ${facts.pullSecrets.join(', ')}`,
      `${pod} spec.imagePullSecrets`,
    ),
  );
  const account = `serviceaccount/${evidence.pod.serviceAccount}`;
  if ('obstacle' in facts.serviceAccount) lines.push(cluster(evidence, describeObstacle(facts.serviceAccount.obstacle), account));
  else {
    const own = facts.serviceAccount.value.pullSecrets;
    lines.push(cluster(evidence, own.length === 0 ? 'no pull secret' : `pull secrets ${own.join(', ')}`, `${account} imagePullSecrets`));
  }
  return lines;
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

function registryLines(evidence: Evidence, facts: ImageRegistryFacts | null): Line[] {
  if (facts === null) return [];
  const seen = (fact: string, source: string): Line => ({ from: 'workstation', fact, source, at: evidence.collectedAt });
  const lines = facts.attempts.flatMap((attempt) =>
    attempt.exchanges.map((exchange) => seen(exchangeFact(attempt, exchange), `${exchange.method} ${exchange.url}`)),
  );
  if (facts.tags !== null) {
    const near = facts.tags.nearest.length === 0 ? '' : `, nearest ${facts.tags.nearest.join(', ')}`;
    lines.push(
      seen(
        `${facts.tags.count} tags${facts.tags.complete ? '' : ' and more'}${near}, newest ${facts.tags.newest ?? 'not known'}`,
        `tags of ${facts.host}`,
      ),
    );
  }
  if (facts.manifest !== null) {
    const { mediaType, digest, platforms, size } = facts.manifest;
    const names = platforms.map((platform) => [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'));
    const parts = [mediaType, digest, names.join(' '), size === null ? null : humanBytes(size)].filter(
      (part) => part !== null && part !== '',
    );
    lines.push(seen(parts.join(', '), `manifest from ${facts.host}`));
  }
  if (facts.rateLimit !== null && facts.rateLimit.limit !== null) {
    lines.push(seen(`${facts.rateLimit.remaining ?? '?'} of ${facts.rateLimit.limit} pulls left`, `rate limit headers of ${facts.host}`));
  }
  if (facts.blob !== null)
    lines.push(seen(facts.blob.fault?.message ?? `status ${facts.blob.status}`, `blob ${facts.blob.digest} at ${facts.blob.host}`));
  return lines;
}

function exchangeFact(attempt: Attempt, exchange: Exchange): string {
  const who =
    attempt.credential === null ? 'without credentials' : `as ${attempt.credential.user || `secret ${attempt.credential.secret}`}`;
  const outcome = exchange.fault === null ? `status ${exchange.status}` : `${exchange.fault.layer}: ${exchange.fault.message}`;
  const errors = exchange.errors.map((error) => `${error.code}: ${error.message}`);
  const challenge =
    exchange.challenge === null
      ? []
      : [`asks for ${exchange.challenge.scheme}${exchange.challenge.realm === null ? '' : ` of ${exchange.challenge.realm}`}`];
  const body = exchange.body === null ? [] : [`body ${exchange.body}`];
  return [`${exchange.purpose} ${who}: ${outcome}`, ...errors, ...challenge, ...body].join(', ');
}

function probeLines(evidence: Evidence, facts: ProbeFacts, verdict: Verdict): Line[] {
  const answers = (find(facts.images, verdict)?.answers ?? []).map((answer): Line => {
    const how = answer.prober === 'kubelet' ? '' : answer.withSecrets ? " with the pod's secrets" : ' without secrets';
    const source = `${answer.prober} on ${evidence.pod.node ?? 'the node'}${how}, asked for ${answer.target}`;
    return { from: 'node', fact: answer.message ?? 'no answer in time', source, at: answer.at ?? evidence.collectedAt };
  });
  return facts.refusal === null ? answers : [...answers, cluster(evidence, describeObstacle(facts.refusal), 'probe pod, dry run')];
}

function nodeLines(evidence: Evidence, verdict: Verdict): Line[] {
  if (evidence.node.outcome !== 'done') return [];
  const { facts } = evidence.node;
  const source = `node/${facts.name}`;
  const lines: Line[] = [
    cluster(
      evidence,
      `${facts.platform.os}/${facts.platform.architecture}, kubelet ${facts.kubelet}, ${facts.runtime}`,
      `${source} status.nodeInfo`,
    ),
  ];
  for (const condition of facts.conditions) {
    const words = [condition.reason, condition.message].filter((part) => part !== null).join(': ');
    lines.push({
      from: 'node',
      fact: `${condition.type}=${condition.status}${words === '' ? '' : ` ${words}`}`,
      source: `${source} status.conditions`,
      at: condition.since,
    });
  }
  if ('obstacle' in facts.imageFs) lines.push(cluster(evidence, describeObstacle(facts.imageFs.obstacle), `${source} stats/summary`));
  else {
    const { availableBytes, capacityBytes, inodesFree } = facts.imageFs.value;
    const inodes = inodesFree === null ? '' : `, ${inodesFree} inodes free`;
    lines.push({
      from: 'node',
      fact: `${humanBytes(availableBytes)} of ${humanBytes(capacityBytes)} free for images${inodes}`,
      source: `${source} stats/summary`,
      at: evidence.collectedAt,
    });
  }
  for (const event of facts.events)
    lines.push({ from: 'node', fact: `${event.reason}: ${event.message}`, source: `events of ${source}`, at: event.last });
  if ('obstacle' in facts.neighbours)
    return [...lines, cluster(evidence, describeObstacle(facts.neighbours.obstacle), 'pods of all namespaces')];
  const neighbours = find(facts.neighbours.value, verdict);
  if (neighbours === null) return lines;
  for (const { pod, node } of neighbours.sameImageWorks) lines.push(cluster(evidence, `the same image runs on ${node}`, `pod/${pod}`));
  for (const { pod, node } of neighbours.sameImageFails) lines.push(cluster(evidence, `the same image fails on ${node}`, `pod/${pod}`));
  const tally = ({ works, fails }: { works: number; fails: number }): string => `${works} work, ${fails} fail`;
  lines.push(
    cluster(
      evidence,
      `images of this registry here: ${tally(neighbours.sameRegistryHere)}; elsewhere: ${tally(neighbours.sameRegistryElsewhere)}; of others here: ${tally(neighbours.otherRegistriesHere)}`,
      'pods of all namespaces',
    ),
  );
  return lines;
}
