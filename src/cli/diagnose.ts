import { type ProbeNeed, probeNeed } from '../causes/probe-need.ts';
import type { ImageView } from '../causes/view.ts';
import { viewsOf } from '../causes/views.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { collect } from '../playbook/collect.ts';
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
