import { judge } from '../../causes/judge.ts';
import { premisesOf } from '../../causes/watch/premises.ts';
import { alone } from '../../playbook/collect.ts';
import type { RegistryAnswers } from '../../playbook/watch/registry-answers.ts';
import type { Evidence, NodeFacts, ProbeFacts, Step } from '../../values/evidence.ts';
import type { Memory } from '../diagnose.ts';

/** A node's disk and neighbours are not read anew with every word of an event. Milliseconds. */
const nodeLasts = 30_000;
const mostNodes = 20;

/** What a probe answered is of its time: nobody tells that a network, or a Secret that may not be read, was mended. Milliseconds. */
const probeLasts = 120_000;

/**
 * What the looks of one watch share: the registry's answers, the node's facts for a while, and each probe's answer for a while where it is
 * asked the same.
 * @param elapsed milliseconds, of any beginning
 */
export function watchMemory(registry: RegistryAnswers, elapsed = () => performance.now()): Memory & { nextRound(): void } {
  const nodes = new Map<string, { readonly read: number; readonly step: Promise<Step<NodeFacts>> }>();
  const probes = new Map<string, { readonly answered: number; readonly step: Step<ProbeFacts> }>();
  const asked = new Set<string>();
  return {
    readers: {
      ...alone,
      registry: registry.collect,
      node(cluster, name, pod, images) {
        const key = JSON.stringify([name, pod.uid, images]);
        const known = nodes.get(key);
        if (known && elapsed() - known.read < nodeLasts) return known.step;
        const step = alone.node(cluster, name, pod, images);
        nodes.delete(key);
        nodes.set(key, { read: elapsed(), step });
        for (const old of [...nodes.keys()].slice(0, -mostNodes)) nodes.delete(old);
        return step;
      },
    },
    async probe(evidence, ask) {
      const question = questionOf(evidence);
      asked.add(question);
      const known = probes.get(question);
      if (known && elapsed() - known.answered < probeLasts) return known.step;
      const step = await ask();
      if (isLasting(step)) probes.set(question, { answered: elapsed(), step });
      else probes.delete(question);
      return step;
    },
    nextRound() {
      registry.nextRound();
      for (const question of probes.keys()) if (!asked.has(question)) probes.delete(question);
      asked.clear();
    },
  };
}

/** An answer, or a refusal that the next attempt would meet as well. */
function isLasting(step: Step<ProbeFacts>): boolean {
  return (
    step.outcome === 'done' || (step.outcome === 'unknown' && (step.obstacle.kind === 'forbidden' || step.obstacle.kind === 'refused'))
  );
}

/**
 * All that a probe's answer is weighed with: where any of it has changed, the answer is of another time. The pod itself may be a new one.
 */
function questionOf(evidence: Evidence): string {
  const unasked: Evidence = { ...evidence, probe: { outcome: 'skipped', milliseconds: 0, reason: '' } };
  const premises = [...premisesOf([evidence]).values()].filter(({ what }) => what !== 'pod');
  const verdicts = judge(unasked).map(({ kind, container, code, retry }) => [kind, container, code, retry]);
  return JSON.stringify([premises, verdicts]);
}
