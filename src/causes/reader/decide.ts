import type { CauseCode } from '../../values/cause-code.ts';
import type { PullError, Reading } from './pull-error.ts';
import { isQuoted, mayBeQuoted, readQuoted } from './quoted.ts';
import { answerRules, badResponseRules } from './rules/answer.ts';
import { availabilityRules } from './rules/availability.ts';
import { blobRules } from './rules/blobs.ts';
import { blockRules } from './rules/blocks.ts';
import { configurationRules } from './rules/configuration.ts';
import { corruptRules } from './rules/corrupt.ts';
import { credentialRules } from './rules/credentials.ts';
import { diskRules } from './rules/disk.ts';
import { dnsRules } from './rules/dns.ts';
import { formatRules } from './rules/format.ts';
import { grpcRules } from './rules/grpc.ts';
import { kubeletRules } from './rules/kubelet.ts';
import { networkRules } from './rules/network.ts';
import { otherRules } from './rules/other.ts';
import { platformRules, systemRules } from './rules/platform.ts';
import { proxyRules } from './rules/proxy.ts';
import { rateRules } from './rules/rate.ts';
import { nameRules, notFoundRules } from './rules/reference.ts';
import { applies, type Rule, type Said } from './rules/rule.ts';
import { internalRules, runtimeRules } from './rules/runtime.ts';
import { namedSecretRules, secretRules } from './rules/secrets.ts';
import { signatureRules } from './rules/signature.ts';
import { stalledRules } from './rules/stalled.ts';
import { startRules } from './rules/start.ts';
import { tlsRules } from './rules/tls.ts';
import { storeRules, unpackRules } from './rules/unpack.ts';
import { upstreamRules } from './rules/upstream.ts';
import { alternative } from './tell-apart.ts';

/** The first rule that applies decides: what can only mean one thing stands before what it may be quoted in. */
const rules: readonly Rule[] = [
  ...kubeletRules,
  ...nameRules,
  ...secretRules,
  ...signatureRules,
  ...runtimeRules,
  ...diskRules,
  ...rateRules,
  ...configurationRules,
  ...proxyRules,
  ...tlsRules,
  ...platformRules,
  ...dnsRules,
  ...corruptRules,
  ...storeRules,
  ...upstreamRules,
  ...blockRules,
  ...networkRules,
  ...formatRules,
  ...blobRules,
  ...credentialRules,
  ...availabilityRules,
  ...answerRules,
  ...notFoundRules,
  ...badResponseRules,
  ...stalledRules,
  ...unpackRules,
  ...internalRules,
  ...startRules,
  ...systemRules,
  ...otherRules,
  ...namedSecretRules,
  ...grpcRules,
];

/** Causes that lie beyond the node: where a mirror answered instead of the registry, the mirror is the fault. */
const beyondTheNode: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'manifest-not-found', 'repository-not-found', 'not-found-or-denied', 'auth-required', 'auth-rejected', 'auth-expired', 'auth-forbidden', 'registry-address-blocked', 'registry-policy-blocked',
  'dns-failure', 'connect-timeout', 'connect-refused', 'no-route', 'connection-dropped', 'proxy-failure', 'tls-unknown-authority', 'tls-name-mismatch', 'tls-expired', 'tls-handshake-failed',
  'http-on-https', 'registry-unavailable', 'registry-bad-response', 'registry-blob-missing', 'proxy-cache-upstream', 'rate-limited',
]); // biome-ignore format: a list of codes

/** Of several attempts the one that got furthest tells most: in this order, everything else last. */
const furthest: readonly CauseCode[] = [
  'disk-full', 'unpack-failed', 'content-store-damaged', 'corrupt-layer', 'signature-rejected', 'platform-mismatch', 'unsupported-manifest', 'registry-blob-missing', 'connection-dropped', 'rate-limited',
  'registry-policy-blocked', 'manifest-not-found', 'repository-not-found', 'registry-address-blocked', 'auth-forbidden', 'auth-expired', 'auth-rejected', 'not-found-or-denied', 'auth-required',
]; // biome-ignore format: a list of codes

/** Second stage of the reader: what the text alone decides, and how surely. */
export function decide(error: PullError): Reading {
  const { attempts, others } = error;
  const reading = attempts ? ofAttempts(attempts) : decideOne(error);
  return others ? besideOthers(reading, others) : reading;
}

/** One pull, tried with several credentials: the attempt that got furthest decides. */
function ofAttempts(attempts: readonly PullError[]): Reading {
  const readings = attempts.map(decideOne);
  const rank = ({ code }: Reading) => (code === 'unknown' ? 99 : furthest.includes(code) ? furthest.indexOf(code) : 50);
  const best = readings.reduce((chosen, reading) => (rank(reading) < rank(chosen) ? reading : chosen));
  const merged = leaveOpen(best, readings);
  return { ...merged, error: { ...merged.error, attempts } };
}

/** Several failures, of hosts in turn or of pulls one after another: the last that says anything decides. */
function besideOthers(reading: Reading, others: readonly PullError[]): Reading {
  const readings = others.map(decide);
  const telling = reading.code === 'unknown' ? readings.findLast(({ code }) => !silent.has(code)) : undefined;
  const merged = leaveOpen(telling ?? reading, [reading, ...readings]);
  return { ...merged, error: { ...merged.error, others } };
}

/** What says nothing of a failed pull. */
const silent: ReadonlySet<CauseCode> = new Set<CauseCode>(['unknown', 'none', 'still-pulling']);

/** Where a failure that the same text tells of has another reason, that stays open beside the one that was chosen. */
function leaveOpen(chosen: Reading, all: readonly Reading[]): Reading {
  const known = new Set([chosen.code, ...chosen.alternatives.map(({ code }) => code)]);
  const different = all.filter(
    ({ code, alternatives }) => !silent.has(code) && !known.has(code) && !alternatives.some((one) => one.code === chosen.code),
  );
  if (different.length === 0 && !mayBeQuoted(chosen, all)) return chosen;
  const codes = different.length > 0 ? [...new Set(different.map(({ code }) => code))] : (['registry-unavailable'] as const);
  const confidence = chosen.confidence === 'certain' ? 'likely' : chosen.confidence;
  return { ...chosen, confidence, alternatives: [...chosen.alternatives, ...codes.map(alternative)] };
}

function decideOne(error: PullError): Reading {
  const said: Said = { error, clause: error.clause.toLowerCase() };
  const rule = rules.find((candidate) => applies(candidate, said));
  if (!rule) return { error, code: 'unknown', confidence: 'possible', alternatives: [] };
  const reading: Reading = isQuoted(rule, said)
    ? readQuoted(rule, said, rules)
    : { error, code: rule.code, confidence: rule.confidence, alternatives: (rule.or ?? []).map(alternative) };
  if (!error.request?.mirrored || !beyondTheNode.has(reading.code)) return reading;
  return { error, code: 'mirror-misconfigured', confidence: 'likely', alternatives: [alternative(reading.code)] };
}
