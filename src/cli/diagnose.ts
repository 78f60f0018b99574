import { hostsToAsk } from '../causes/probe/hosts.ts';
import { probeNeed, whyNotAsked } from '../causes/probe/need.ts';
import type { ImageView } from '../causes/view.ts';
import { readAhead, viewsOf } from '../causes/views.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { collect, type Readers } from '../playbook/collect.ts';
import { within } from '../playbook/deadline.ts';
import { noticingProbePods } from '../playbook/probe/leftovers.ts';
import type { ProbePlan, ProbeTarget } from '../playbook/probe/plan.ts';
import type { Subject } from '../playbook/subject/subject.ts';
import type { Evidence, ProbeFacts, Step } from '../values/evidence.ts';
import type { WhyRequest } from './request.ts';
import type { RunClock } from './run-clock.ts';
import type { StatusLine } from './status-line.ts';

/** What is known from an earlier look at the same pods, so that it need not be asked again. */
export interface Memory {
  readonly readers: Readers;
  /** The answer of an earlier probe to what this evidence leaves open, else that of `ask`. */
  probe(evidence: Evidence, ask: () => Promise<Step<ProbeFacts>>): Promise<Step<ProbeFacts>>;
}

/** Milliseconds that the probe waits for the node's logs, which may name mirrors that nothing else does. */
const logsPatience = 5000;

/** The whole playbook for one pod: what can be read, and then, where that leaves the node's view open, the probe. */
export async function diagnose(
  cluster: Cluster,
  subject: Subject,
  options: WhyRequest & { readonly clock: RunClock },
  status: StatusLine,
  memory?: Memory,
): Promise<Evidence> {
  const noticing = noticingProbePods(cluster);
  const evidence = await collect(
    noticing.cluster,
    subject,
    {
      registry: options.registry,
      registryCa: options.registryCa,
      leftMilliseconds: options.clock.left,
      signal: status.io.signal,
      env: status.io.env,
      now: status.io.now,
      heard: (words) => readAhead(words, status.io.now()),
    },
    memory?.readers,
  );
  const nodeRead = nodeStep(cluster, evidence, options);
  const ask = async () => {
    const node = await within(logsPatience, 'the logs of the node', nodeRead).catch(() => evidence.node);
    return probeStep(cluster, { ...evidence, node }, options, status, options.clock.left());
  };
  const [node, probe] = await Promise.all([nodeRead, memory ? memory.probe(evidence, ask) : ask()]);
  if (probe.outcome === 'skipped' && options.probe !== 'never' && noticing.hasSeen(evidence.pod.namespace))
    await sweepLeftovers(cluster, evidence.pod.namespace, status);
  return { ...evidence, node, probe };
}

/**
 * What an earlier run left behind goes with the next that probes; here none does, and they were seen. By no clock: this machine's may be
 * ahead of the server's.
 */
async function sweepLeftovers(cluster: Cluster, namespace: string, { io }: StatusLine): Promise<void> {
  const [{ sweep }, { probeRun }] = await Promise.all([import('../playbook/probe/sweep.ts'), import('./probe-run.ts')]);
  const swept = await sweep(cluster, namespace, 0, probeRun());
  if (swept > 0)
    io.stderr.write(
      `Removed ${swept === 1 ? 'a probe pod' : `${swept} probe pods`} that an earlier run left behind in namespace ${namespace}\n`,
    );
}

async function nodeStep(cluster: Cluster, evidence: Evidence, options: WhyRequest): Promise<Evidence['node']> {
  if (!options.nodeLogs) return evidence.node;
  const { withNodeLogs } = await import('../playbook/node/logs.ts');
  return (await withNodeLogs(cluster, evidence)).node;
}

/** What a probe has to know of the command line. */
export type ProbeOptions = Pick<WhyRequest, 'container' | 'probe' | 'probeImage' | 'probeNamespace' | 'tryPull'>;

/** The step that asks the node, where that is wanted and possible. `left`: milliseconds of the run's time. */
export async function probeStep(
  cluster: Cluster,
  evidence: Evidence,
  options: ProbeOptions,
  status: StatusLine,
  left: number,
): Promise<Step<ProbeFacts>> {
  const views = viewsOf(evidence).filter((view) => options.container === undefined || view.container.container === options.container);
  const wanted = choose(views, options);
  if ('reason' in wanted) return { outcome: 'skipped', milliseconds: 0, reason: wanted.reason };
  const [{ probe }, { probeRun }, { announce }] = await Promise.all([
    import('../playbook/probe/probe.ts'),
    import('./probe-run.ts'),
    import('./announce.ts'),
  ]);
  status.show(options.tryPull ? 'Pulling on the node' : 'Asking the node');
  return probe(cluster, planOf(evidence, wanted.views, options), {
    timeoutMilliseconds: Math.max(shortestProbe, Math.floor(options.tryPull ? left : Math.min(left, longestProbe))),
    run: probeRun(),
    signal: status.io.signal,
    announce: (text) => announce(text, status.io.stderr),
  });
}

/**
 * The longest that is waited for the node's answer, in milliseconds: dropped packets take the runtime 30 s, the kubelet's answer is there
 * before.
 */
const longestProbe = 15_000;
/** However little of the whole run's time is left. */
const shortestProbe = 1000;

/** What was asked for by name is done wherever it can be. */
function choose(
  views: readonly ImageView[],
  { probe: mode, tryPull, probeImage }: ProbeOptions,
): { views: readonly ImageView[] } | { reason: string } {
  if (mode === 'never') return { reason: 'not wanted (--probe=never)' };
  const asked = ({ container }: ImageView) => mode === 'always' || ((tryPull || probeImage !== undefined) && container.pull !== 'pulled');
  const needs = views.map((view) => ({ view, ...probeNeed(view) }));
  const chosen = needs.filter((need) => (asked(need.view) ? need.possible : need.needed));
  if (chosen.length > 0) return { views: chosen.map((need) => need.view) };
  return { reason: whyNotAsked(views) };
}

function planOf(evidence: Evidence, views: readonly ImageView[], { probe, probeNamespace, probeImage, tryPull }: ProbeOptions): ProbePlan {
  const { pod, spec } = evidence;
  const elsewhere = probeNamespace !== undefined && probeNamespace !== pod.namespace;
  return {
    namespace: probeNamespace ?? pod.namespace,
    ...(elsewhere && { elsewhere }),
    ...(probe === 'always' && { thorough: true }),
    ...(tryPull && { tryPull }),
    ...(probeImage !== undefined && { toolImage: probeImage }),
    pod: { name: pod.name, uid: pod.uid },
    node: pod.node ?? '',
    serviceAccount: pod.serviceAccount,
    pullSecrets: spec.outcome === 'done' ? spec.facts.pullSecrets : [],
    targets: views.flatMap((view) => targetOf(view)),
  };
}

/** The kubelet is asked too: dropped packets take the runtime 30 seconds, and the kubelet one. */
function targetOf(view: ImageView): readonly ProbeTarget[] {
  const { container, spec, credentials } = view;
  if (!spec?.reference) return [];
  const anonymously = (credentials?.tries.length ?? 0) > 0;
  const { container: name, kind, image } = container;
  return [{ container: name, kind, image, reference: spec.reference, anonymously, hosts: hostsToAsk(view) }];
}
