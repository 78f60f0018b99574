import type { CauseCode } from '../../values/cause-code.ts';
import type { PullError, Reading } from './pull-error.ts';
import { blockRules } from './rules/blocks.ts';
import { configurationRules } from './rules/configuration.ts';
import { corruptRules, formatRules, platformRules, signatureRules, startRules, systemRules } from './rules/content.ts';
import { credentialRules } from './rules/credentials.ts';
import { grpcRules } from './rules/grpc.ts';
import { dnsRules, networkRules, proxyRules } from './rules/network.ts';
import { diskRules, internalRules, kubeletRules, otherRules, runtimeRules, stalledRules } from './rules/node.ts';
import { rateRules } from './rules/rate.ts';
import { nameRules, notFoundRules } from './rules/reference.ts';
import { answerRules, availabilityRules, badResponseRules, blobRules, upstreamRules } from './rules/registry.ts';
import { applies, type Rule, type Said } from './rules/rule.ts';
import { namedSecretRules, secretRules } from './rules/secrets.ts';
import { tlsRules } from './rules/tls.ts';
import { storeRules, unpackRules } from './rules/unpack.ts';
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
  const reading = decideAttempts(error);
  return error.others ? besideOthers(reading, error.others) : reading;
}

/** The last failure that a text tells of decides. Where another host or attempt failed for another reason, that stays open. */
function besideOthers(reading: Reading, others: readonly PullError[]): Reading {
  const said = others.map(decideAttempts).filter(({ code }) => !silent.has(code));
  const known = new Set([reading.code, ...reading.alternatives.map(({ code }) => code)]);
  const asThisOne = ({ code, alternatives }: Reading) => known.has(code) || alternatives.some((one) => one.code === reading.code);
  const different = [...new Set(said.filter((other) => !asThisOne(other)).map(({ code }) => code))];
  if (different.length === 0) return reading;
  const last = said.at(-1);
  if (reading.code === 'unknown' && last) return { ...last, error: { ...last.error, others } };
  const confidence = reading.confidence === 'certain' ? 'likely' : reading.confidence;
  return { ...reading, confidence, alternatives: [...reading.alternatives, ...different.map(alternative)] };
}

/** What says nothing of a failed pull. */
const silent: ReadonlySet<CauseCode> = new Set<CauseCode>(['unknown', 'none', 'still-pulling']);

function decideAttempts(error: PullError): Reading {
  if (!error.attempts) return decideOne(error);
  const readings = error.attempts.map(decideOne);
  const rank = ({ code }: Reading) => (code === 'unknown' ? 99 : furthest.includes(code) ? furthest.indexOf(code) : 50);
  const best = readings.reduce((chosen, reading) => (rank(reading) < rank(chosen) ? reading : chosen));
  const others = [...new Set(readings.map(({ code }) => code))].filter((code) => code !== best.code && code !== 'unknown');
  const confidence = others.length > 0 && best.confidence === 'certain' ? 'likely' : best.confidence;
  const alternatives = [
    ...best.alternatives,
    ...others.filter((code) => !best.alternatives.some((known) => known.code === code)).map(alternative),
  ];
  return { error: { ...best.error, attempts: error.attempts }, code: best.code, confidence, alternatives };
}

function decideOne(error: PullError): Reading {
  const said: Said = { error, clause: error.clause.toLowerCase() };
  const rule = rules.find((candidate) => applies(candidate, said));
  if (!rule) return { error, code: 'unknown', confidence: 'possible', alternatives: [] };
  if (error.request?.mirrored && beyondTheNode.has(rule.code)) {
    return { error, code: 'mirror-misconfigured', confidence: 'likely', alternatives: [alternative(rule.code)] };
  }
  return { error, code: rule.code, confidence: rule.confidence, alternatives: (rule.or ?? []).map(alternative) };
}
