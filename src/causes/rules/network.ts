import type { CauseCode } from '../../values/cause-code.ts';
import { probeReading } from '../probe-reading.ts';
import { decide } from '../reader/read.ts';
import { replayOf } from '../replay.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** Causes that are over as soon as the node gets a registry's answer with the same credentials. */
const overOnceAnswered: ReadonlySet<CauseCode> = new Set([
  'dns-failure',
  'connect-timeout',
  'connect-refused',
  'no-route',
  'connection-dropped',
  'proxy-failure',
  'tls-unknown-authority',
  'tls-name-mismatch',
  'tls-expired',
  'tls-handshake-failed',
  'http-on-https',
  'registry-unavailable',
  'rate-limited',
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'auth-forbidden',
  'not-found-or-denied',
  'mirror-misconfigured',
]);

/** What the node's own runtime said a moment ago, when it was asked for a tag that cannot exist. */
export const probe: Rule = (view, finding) => {
  const answer = probeReading(view);
  if (!answer) return finding;
  if (answer.answered) {
    if (finding && overOnceAnswered.has(finding.code)) return { ...finding, confidence: weaker(finding), retry: 'now' };
    return finding;
  }
  if (answer.reading.code === 'unknown') return finding;
  if (finding) return finding;
  return { code: answer.reading.code, confidence: answer.reading.confidence, alternatives: answer.reading.alternatives };
};

function weaker(finding: Finding): Finding['confidence'] {
  return finding.confidence === 'certain' ? 'likely' : finding.confidence;
}

/** A request to a mirror blames the mirror, unless the registry itself fails in the same way (causes.md, Boundaries). */
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
