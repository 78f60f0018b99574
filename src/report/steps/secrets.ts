import { ownExpiry } from '../../values/credential-life.ts';
import type { CredentialEntry, CredentialName, Evidence, SecretFacts, SecretsFacts } from '../../values/evidence.ts';
import { factsOf } from '../../values/facts-of.ts';
import { isMeantFor } from '../../values/meant-key.ts';
import { undecodable } from '../../values/undecodable.ts';
import type { Verdict } from '../../values/verdict.ts';
import { age } from '../../words/durations.ts';
import { list, quote } from '../../words/text.ts';
import { cutEnd } from '../escape.ts';
import { describeObstacle, factsOrRow, find, forEachImage, ok, problem, type StepFinding, type StepReport, skipped } from './finding.ts';

/** The pull secrets: what is wrong with each, and which of their entries the kubelet would send for each image. */
export const secrets: StepReport = (evidence, verdicts) => {
  const read = factsOrRow(evidence.secrets);
  if ('row' in read) return read.row;
  if (read.facts.secrets.length === 0) return none(verdicts);
  const faults = read.facts.secrets.filter((secret) => secret.state !== 'usable');
  const row = forEachImage(verdicts, (verdict) => matching(evidence, read.facts, verdict), { nothing: ok('') });
  const spoiled = undecodable(faults) !== null;
  const matched = spoiled && read.facts.secrets.length === faults.length ? '' : row.finding;
  const remark = spoiled ? 'while it is so, the kubelet pulls nothing for the pod' : '';
  const sentences = [...faults.map((secret) => fault(secret, evidence.pod.namespace)), remark, matched].filter((part) => part !== '');
  return { status: spoiled ? 'problem' : status(faults, row), finding: sentences.join('; ') };
};

/** What is wrong with the pull secrets themselves, each in a clause: those that are not there or cannot be used. */
export function secretFaults({ secrets, pod }: Evidence): readonly string[] {
  if (secrets.outcome !== 'done') return [];
  const faulty = secrets.facts.secrets.filter(({ state }) => state === 'missing' || state === 'faulty');
  return faulty.map((secret) => fault(secret, pod.namespace));
}

/** No credential of the pod's: what is wrong with that, if anything, the registry says. */
function none(verdicts: readonly Verdict[]): StepFinding {
  const finding = 'the pod has none: the node pulls without, or with credentials of its own';
  return verdicts.some((verdict) => verdict.code === 'auth-required' || verdict.code === 'not-found-or-denied')
    ? problem(finding)
    : skipped(finding);
}

/** A broken secret beside one that serves is a remark; what could not be read proves nothing. */
function status(faults: readonly SecretFacts[], row: StepFinding): StepFinding['status'] {
  if (row.status === 'ok' && row.finding !== '') return 'ok';
  if (row.status === 'problem') return 'problem';
  if (faults.some((secret) => secret.state !== 'unreadable')) return 'problem';
  return faults.length > 0 ? 'unknown' : 'ok';
}

function fault(secret: SecretFacts, namespace: string): string {
  switch (secret.state) {
    case 'missing':
      return `${secret.name} does not exist in namespace ${namespace}`;
    case 'unreadable':
      return `${secret.name} is not readable: ${secret.obstacle === null ? 'the reason is not known' : describeObstacle(secret.obstacle)}`;
    default:
      return `${secret.name} cannot be used: ${faultWords(secret)}`;
  }
}

function faultWords(secret: SecretFacts): string {
  if (secret.fault === null) return 'the reason is not known';
  const type =
    secret.fault.code === 'wrong-type' && secret.type !== null && !secret.fault.detail.includes(secret.type)
      ? ` (its type is ${secret.type})`
      : '';
  const entry = secret.fault.key === undefined ? '' : `entry ${cutEnd(secret.fault.key, 100)}: `;
  return `${entry}${cutEnd(secret.fault.detail, 200)}${type}`;
}

function matching(evidence: Evidence, facts: SecretsFacts, verdict: Verdict): StepFinding | null {
  const credentials = find(facts.images, verdict);
  if (credentials === null) return null;
  const [first] = credentials.tries;
  if (first !== undefined) return tries(evidence, facts, credentials.tries);
  const usable = facts.secrets.filter((secret) => secret.state === 'usable');
  if (usable.length === 0) {
    return facts.secrets.some((secret) => secret.state === 'unreadable')
      ? null
      : { status: 'problem', finding: 'so the node pulls without, or with credentials of its own' };
  }
  const keys = usable.flatMap((secret) => secret.entries.map((entry) => entry.key));
  const refused = isDenied(evidence, verdict);
  const nearest =
    credentials.nearest === null || !refused || !isMeantFor(credentials.nearest) || isHostMistaken(evidence, verdict)
      ? ''
      : `; ${quote(credentials.nearest.key)} should be ${quote(credentials.nearest.shouldBe)}`;
  const held = `${list(usable.map((secret) => secret.name))} ${usable.length === 1 ? 'has' : 'have'} ${keysFor(keys)}`;
  // A name that is not valid wants no key yet.
  if (verdict.reference === null) return ok(held);
  return (refused ? problem : ok)(`${held}, none for ${verdict.reference.registry}${nearest}`);
}

/** The image was found under another host, and was seen to be there: then it is the name that is to be mended, and no key. */
function isHostMistaken({ registry }: Evidence, verdict: Verdict): boolean {
  const { proposals = [] } = find(factsOf(registry)?.images ?? [], verdict) ?? {};
  return proposals.some(({ why, verified }) => why === 'host' && verified);
}

/** Only where the registry wants a login is it a fault that there is none for it. */
function isDenied({ registry }: Evidence, verdict: Verdict): boolean {
  if (/^(?:auth-|pull-secret-|not-found-or-denied$)/.test(verdict.code)) return true;
  const asked = find(factsOf(registry)?.images ?? [], verdict);
  return asked?.attempts.some(({ result }) => result === 'unauthorized' || result === 'token-refused' || result === 'forbidden') ?? false;
}

function keysFor(keys: readonly string[]): string {
  return keys.length === 0 ? 'no entry' : `${keys.length === 1 ? 'a key' : 'keys'} for ${list([...new Set(keys)])}`;
}

/** The credentials that the kubelet would send, in its order, and what their entries say of themselves. */
function tries(evidence: Evidence, facts: SecretsFacts, names: readonly CredentialName[]): StepFinding {
  const told = names.map((name) => {
    const entry = entryOf(facts, name);
    return {
      text: `${name.secret} has a key for ${name.key} (${userOf(name, entry)}${flaws(evidence, entry)})`,
      bad: isBad(evidence, entry),
    };
  });
  const order = names.length > 1 ? 'tried in this order: ' : '';
  const finding = `${order}${told
    .slice(0, 3)
    .map(({ text }) => text)
    .join(', ')}${told.length > 3 ? ` and ${told.length - 3} more` : ''}`;
  return told.every(({ bad }) => bad) ? problem(finding) : ok(finding);
}

function entryOf(facts: SecretsFacts, name: CredentialName): CredentialEntry | null {
  const secret = facts.secrets.find((candidate) => candidate.name === name.secret);
  return secret?.entries.find((entry) => entry.key === name.key && entry.user === name.user) ?? null;
}

function userOf(name: CredentialName, entry: CredentialEntry | null): string {
  if (entry?.empty === true) return 'empty: nothing is sent';
  return name.user === '' ? 'no user name' : `user ${cutEnd(name.user, 60)}`;
}

function isBad(evidence: Evidence, entry: CredentialEntry | null): boolean {
  return (
    entry !== null &&
    (entry.empty ||
      ownExpiry(entry, evidence.collectedAt) === 'said' ||
      entry.remarks.some((remark) => remark.startsWith('password-') || remark === 'not-utf8'))
  );
}

function flaws(evidence: Evidence, entry: CredentialEntry | null): string {
  if (entry === null) return '';
  return [...clockWords(entry, evidence.collectedAt), ...entry.remarks.map((remark) => remark.replaceAll('-', ' '))]
    .map((flaw) => `, ${flaw}`)
    .join('');
}

/** What its own clock says at this time; of one that has only just run out, the registry's may not have. */
function clockWords(entry: CredentialEntry, at: string): readonly string[] {
  if (entry.expiresAt === null) return [];
  const own = ownExpiry(entry, at);
  if (own === null) return [`expires in ${age(at, entry.expiresAt)}`];
  return [`expired ${age(entry.expiresAt, at)} ago${own === 'just' ? ', if the clocks agree' : ''}`];
}
