import type { ContainerFacts, Evidence, ImageProbeFacts, PodEvent } from '../values/evidence.ts';
import { factsOf } from '../values/facts-of.ts';
import { concerns } from '../values/pull-event.ts';
import { usesPullSecrets } from '../values/pull-secret-use.ts';
import { chooseText } from './choose-text.ts';
import { logText, readLog } from './log-text.ts';
import { canaryOf } from './probe/canary.ts';
import { read } from './reader/read.ts';
import type { ImageView } from './view.ts';

/** One view for each image of the pod, in the order of the pod's spec. */
export function viewsOf(evidence: Evidence): readonly ImageView[] {
  return (factsOf(evidence.describe)?.containers ?? []).map((container) => viewOf(evidence, container));
}

function viewOf(evidence: Evidence, container: ContainerFacts): ImageView {
  const same = (other: { container: string; kind: string }) => other.container === container.container && other.kind === container.kind;
  const events = eventsOf(evidence, container);
  const probe = factsOf(evidence.probe)?.images.find(same) ?? null;
  const node = factsOf(evidence.node);
  const spec = factsOf(evidence.spec)?.images.find(same) ?? null;
  const said = canaryText(probe) ?? chooseText(container, events, evidence.collectedAt);
  const logged = said ? null : logText(container, spec, evidence.pod, node);
  const text = said ?? logged;
  return {
    evidence,
    pod: evidence.pod,
    container,
    spec,
    events,
    reading: logged ? readLog(logged, container.image) : text && read(text.text, container.image),
    readingSource: text && { step: text.step, source: text.source, at: text.at, ...('isOver' in text && { isOver: text.isOver }) },
    secrets: usesPullSecrets(container.kind) ? (factsOf(evidence.secrets)?.secrets ?? []) : [],
    credentials: factsOf(evidence.secrets)?.images.find(same) ?? null,
    registry: factsOf(evidence.registry)?.images.find(same) ?? null,
    probe,
    node,
    neighbours: node && 'value' in node.neighbours ? (node.neighbours.value.find(same) ?? null) : null,
  };
}

/**
 * Reads what is said of each image, as its view will, where the rest of the evidence is not there yet: what was read once in a run is then
 * known.
 */
export function readAhead(heard: Pick<Evidence, 'describe' | 'events'>, now: Date): void {
  for (const container of factsOf(heard.describe)?.containers ?? []) {
    const text = chooseText(container, eventsOf(heard, container), now.toISOString());
    if (text) read(text.text, container.image);
  }
}

function eventsOf({ events }: Pick<Evidence, 'events'>, container: ContainerFacts): readonly PodEvent[] {
  return (factsOf(events)?.events ?? []).filter((event) => concerns(event, container));
}

/** What the runtime said when it was made to pull the image once more: newer than anything else, and about the same pull. */
function canaryText(probe: ImageProbeFacts | null) {
  const canary = canaryOf(probe);
  if (!canary || canary.pulled) return null;
  return { text: canary.message, step: 'probe', source: 'the pull that was tried', at: canary.at } as const;
}
