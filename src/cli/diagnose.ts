import { probeNeed } from '../causes/probe-need.ts';
import type { ImageView } from '../causes/view.ts';
import { viewsOf } from '../causes/views.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { registryAddress } from '../image/registry-host.ts';
import { collect } from '../playbook/collect.ts';
import type { ProbePlan, ProbeTarget } from '../playbook/probe-plan.ts';
import type { Subject } from '../playbook/subject.ts';
import type { Evidence, ProbeFacts, Step } from '../values/evidence.ts';
import type { WhyRequest } from './request.ts';
import type { StatusLine } from './status-line.ts';

/** The whole playbook for one pod: what can be read, and then, where that leaves the node's view open, the probe. */
export async function diagnose(
  cluster: Cluster,
  subject: Subject,
  options: WhyRequest & { readonly ca: string | undefined },
  status: StatusLine,
): Promise<Evidence> {
  const evidence = await collect(cluster, subject, {
    registry: options.registry,
    registryCa: options.ca,
    timeoutMilliseconds: options.timeoutMilliseconds,
    env: status.io.env,
    now: status.io.now,
  });
  return { ...evidence, probe: await probeStep(cluster, evidence, options, status) };
}

async function probeStep(cluster: Cluster, evidence: Evidence, options: WhyRequest, status: StatusLine): Promise<Step<ProbeFacts>> {
  const views = viewsOf(evidence).filter((view) => options.container === undefined || view.container.container === options.container);
  const wanted = choose(views, options.probe);
  if ('reason' in wanted) return { outcome: 'skipped', milliseconds: 0, reason: wanted.reason };
  const { probe } = await import('../playbook/probe.ts');
  status.show('Asking the node');
  return probe(cluster, planOf(evidence, wanted.views), {
    timeoutMilliseconds: Math.min(options.timeoutMilliseconds, longestProbe),
    signal: status.io.signal,
    announce: (text) => status.io.stderr.write(`${text}\n`),
  });
}

/** The longest that is waited for the node's answer, in milliseconds: dropped packets take the runtime 30 s, the kubelet's answer is there before. */
const longestProbe = 15_000;

function choose(views: readonly ImageView[], mode: WhyRequest['probe']): { views: readonly ImageView[] } | { reason: string } {
  if (mode === 'never') return { reason: 'not wanted (--probe=never)' };
  const needs = views.map((view) => ({ view, ...probeNeed(view) }));
  const chosen = needs.filter((need) => (mode === 'always' ? need.possible : need.needed));
  if (chosen.length > 0) return { views: chosen.map((need) => need.view) };
  const failing = needs.find((need) => need.view.container.pull === 'failing') ?? needs[0];
  return { reason: failing?.because ?? 'the pod has no container' };
}

function planOf(evidence: Evidence, views: readonly ImageView[]): ProbePlan {
  const { pod, spec } = evidence;
  return {
    namespace: pod.namespace,
    pod: { name: pod.name, uid: pod.uid },
    node: pod.node ?? '',
    serviceAccount: pod.serviceAccount,
    pullSecrets: spec.outcome === 'done' ? spec.facts.pullSecrets : [],
    targets: views.flatMap((view) => targetOf(view)),
  };
}

/** The kubelet is asked too: dropped packets take the runtime 30 seconds, and the kubelet one. */
function targetOf({ container, spec, credentials }: ImageView): readonly ProbeTarget[] {
  if (!spec?.reference) return [];
  const { host, port } = registryAddress(spec.reference.registry);
  const anonymously = (credentials?.tries.length ?? 0) > 0;
  return [{ container: container.container, kind: container.kind, reference: spec.reference, anonymously, kubelet: { host, port } }];
}
