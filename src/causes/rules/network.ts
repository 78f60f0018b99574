import { registryHost } from '../../image/registry-host.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import { atMostLikely } from '../at-most-likely.ts';
import { isMissedForCapitals } from '../fix/right-host.ts';
import { canaryOf } from '../probe/canary.ts';
import { hostFault } from '../probe/host-fault.ts';
import { type NodeView, nodeView } from '../probe/reading.ts';
import { decide } from '../reader/decide.ts';
import { replayOf } from '../registries/replay.ts';
import { isOfBlobs } from '../storage.ts';
import { alternative } from '../tell-apart.ts';
import { unreached } from '../unreached.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** Causes that are over as soon as the node gets a registry's answer. */
const overOnceReached: ReadonlySet<CauseCode> = new Set<CauseCode>([...unreached, 'registry-unavailable', 'rate-limited']);

/** And these, when the answer came with the same credentials. */
const overOnceAnswered: ReadonlySet<CauseCode> = new Set([
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'auth-forbidden',
  'not-found-or-denied',
]);

/** What the node said a moment ago, when it was asked for a tag that cannot exist: newer than any text, and by the runtime as sure. */
export const probe: Rule = (view, finding) => {
  const said = nodeView(view);
  if (!said) return finding ?? silence(view);
  if (said.reached) return finding ? afterAnswer(view, said, finding) : (otherHost(view) ?? silentRuntime(view));
  const { code, confidence, alternatives } = said.reading;
  if (code === 'unknown' || code === 'pull-throttled') return finding;
  if (!finding) return mayServeTheImage(view, said) ?? { code, confidence, alternatives };
  const changed = said.prober === 'runtime' && code !== finding.code && overOnceReached.has(code) && overOnceReached.has(finding.code);
  if (!changed) return finding;
  return {
    ...atMostLikely(finding),
    alternatives: [said.reading.code, ...alternatives.map((other) => other.code)].filter((other) => other !== finding.code).map(saidLater),
  };
};

/** A cache fails at a tag that its upstream lacks, as the tag that it was asked for does, and may serve the one that is there. */
function mayServeTheImage(view: ImageView, { reading }: NodeView): Finding | null {
  if (reading.code !== 'registry-unavailable') return null;
  const cache = alternative('proxy-cache-upstream');
  const confidence = replayOf(view)?.found ? 'possible' : reading.confidence;
  return { code: reading.code, confidence, alternatives: [...reading.alternatives.filter(({ code }) => code !== cache.code), cache] };
}

/**
 * What the runtime is told about the same host in small letters does not count for one in capitals: that the node lacks it is then not
 * sure.
 */
export const capitals: Rule = (view, finding) => (finding && isMissedForCapitals(view, finding.code) ? atMostLikely(finding) : finding);

/** The same image, secrets and node: that it can be pulled now is proved, whatever was wrong. So this has the last word. */
export const tried: Rule = (view, finding) => {
  if (!canaryOf(view.probe)?.pulled) return finding;
  return finding ? { ...atMostLikely(finding), retry: 'now' } : unsaid;
};

const unsaid: Finding = { code: 'unknown', confidence: 'possible', retry: 'now', alternatives: [] };

function afterAnswer(view: ImageView, said: { readonly prober: string; readonly answered: boolean }, finding: Finding): Finding {
  // The kubelet and tools do not ask as the runtime does: without its proxy, mirrors, trust and credentials.
  if (said.prober !== 'runtime' || isBeyond(view, finding.code)) return finding;
  const over = overOnceReached.has(finding.code) || (said.answered && overOnceAnswered.has(finding.code));
  return over ? { ...atMostLikely(finding), retry: 'now' } : finding;
}

/**
 * A tag that cannot exist has no layers: that the registry answers says of theirs only that its host can be reached, where they come from
 * there.
 */
function isBeyond(view: ImageView, code: CauseCode): boolean {
  if (!isOfBlobs(view)) return false;
  const reference = view.spec?.reference;
  const isSameHost = reference != null && view.reading?.error.request?.host === registryHost(reference.registry);
  return !isSameHost || code === 'connection-dropped' || !unreached.includes(code);
}

/** The node reaches the registry, and not another host that the pull goes through. */
export function otherHost(view: ImageView): Finding | null {
  const fault = hostFault(view);
  if (fault === null) return null;
  const { code, confidence, alternatives } = fault.reading;
  if (fault.role !== 'mirror') return { code, confidence, alternatives };
  return { code: 'mirror-misconfigured', confidence, alternatives: [alternative(code)] };
}

/** Whatever a registry or a resolver says, a runtime passes on within seconds; what it waits longer for are packets that were dropped. */
function silence(view: ImageView): Finding | null {
  const ready = view.node?.conditions.find(({ type }) => type === 'Ready');
  if (!isRuntimeSilent(view) || (ready && ready.status !== 'True')) return null;
  return { code: 'connect-timeout', confidence: 'possible', alternatives: [alternative('runtime-unavailable')] };
}

/**
 * The kubelet reaches the registry, and the runtime does not come back with an answer: what differs are the runtime's proxy and mirrors.
 */
function silentRuntime(view: ImageView): Finding | null {
  if (!isRuntimeSilent(view)) return null;
  return {
    code: 'connect-timeout',
    confidence: 'possible',
    alternatives: [alternative('proxy-failure'), alternative('mirror-misconfigured')],
  };
}

/** It was asked, and has not come back with an answer. */
export function isRuntimeSilent({ probe }: ImageView): boolean {
  const runtime = probe?.answers.filter((answer) => answer.prober === 'runtime') ?? [];
  return runtime.length > 0 && runtime.every((answer) => answer.message === null && !answer.refusal);
}

function saidLater(code: CauseCode) {
  return { code, tellApart: 'it is what the runtime on the node said when it was asked just now' };
}

/** A request to a mirror blames the mirror, unless the registry itself fails in the same way. */
export const mirror: Rule = (view, finding) => {
  if (finding?.code !== 'mirror-misconfigured' || !view.reading?.error.request) return finding;
  const { error } = view.reading;
  const direct = decide({ ...error, request: { ...view.reading.error.request, mirrored: false } });
  if (!registryFailsAlike(view, direct.code)) return finding;
  return {
    code: direct.code,
    confidence: 'likely',
    alternatives: [{ code: 'mirror-misconfigured', tellApart: 'another node without this mirror pulls the image' }],
  };
};

function registryFailsAlike(view: ImageView, code: CauseCode): boolean {
  const replay = replayOf(view);
  if (!replay || replay.unreachable) return false;
  const same: Partial<Record<CauseCode, boolean>> = {
    'registry-unavailable': replay.has('unavailable'),
    'rate-limited': replay.has('rate-limited'),
    'auth-forbidden': replay.has('forbidden'),
    'auth-required': replay.has('unauthorized'),
    'manifest-not-found': replay.has('manifest-unknown') || replay.has('repository-unknown') || replay.has('not-found'),
  };
  return same[code] ?? false;
}
