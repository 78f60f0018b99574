import { matchesPlatform } from '../image/platform.ts';
import type { CauseCode } from '../values/cause-code.ts';
import type { CheckResult } from '../values/check.ts';
import type { Attempt, AttemptResult, NodePlatform } from '../values/evidence.ts';
import { undecodable } from '../values/undecodable.ts';
import { type Replay, replayOf } from './registries/replay.ts';
import { content } from './rules/content.ts';
import { credentials } from './rules/credentials.ts';
import { hidden, reference } from './rules/reference.ts';
import type { Rule } from './rules/rule.ts';
import type { Finding, ImageView } from './view.ts';

export interface Forecast {
  readonly result: CheckResult;
  /** null: nothing speaks against it, or nothing can be said. */
  readonly finding: Finding | null;
}

const certain = (code: CauseCode): Forecast => ({ result: 'problem', finding: { code, confidence: 'certain', alternatives: [] } });
const unknown: Forecast = { result: 'unknown', finding: null };

/** How a pull would end that nobody has tried yet: from the name, the pull secrets and the registry's answers alone. */
export function foresee(view: ImageView, nodes: readonly NodePlatform[]): Forecast {
  if (view.spec?.invalid) return certain('invalid-image-name');
  if (undecodable(view.secrets) !== null) return certain('pull-secret-malformed');
  const replay = replayOf(view);
  if (!replay) return unknown;
  const sent = replay.withCredential.length > 0 ? replay.withCredential : replay.anonymous ? [replay.anonymous] : [];
  if (sent.some(({ result }) => result === 'found')) return foreseeContent(view, nodes);
  const expected = expectedText(sent, mayHaveMore(view));
  return expected ? { result: 'problem', finding: cautious(view, replay, refine(view, expected)) } : unknown;
}

/** A Secret, or the account that names them, may not be read here, and may well serve the kubelet. */
function mayHaveMore({ secrets, evidence }: ImageView): boolean {
  const { spec } = evidence;
  const account = spec.outcome === 'done' ? spec.facts.serviceAccount : null;
  return secrets.some(({ state }) => state === 'unreadable') || (secrets.length === 0 && account !== null && 'obstacle' in account);
}

const rules: readonly Rule[] = [content, reference, credentials, hidden];

function refine(view: ImageView, expected: CauseCode): Finding {
  const first: Finding = { code: expected, confidence: 'likely', alternatives: [] };
  return rules.reduce<Finding | null>((finding, rule) => rule(view, finding), first) ?? first;
}

/** Where the pod brings no credential, the node may have one of its own. */
function cautious(view: ImageView, { withCredential }: Replay, finding: Finding): Finding {
  const ofContent = finding.code === 'manifest-not-found' || finding.code === 'repository-not-found';
  return withCredential.length === 0 && !ofContent && view.credentials !== null ? { ...finding, confidence: 'likely' } : finding;
}

/** The image can be read: is it one that the nodes can run, and is all of it there? */
function foreseeContent(view: ImageView, nodes: readonly NodePlatform[]): Forecast {
  const served = content(view, null);
  if (served) return { result: 'problem', finding: served };
  const platforms = view.registry?.manifest?.platforms ?? [];
  const runs = nodes.some(({ platform }) => platforms.some((offered) => matchesPlatform(platform, offered)));
  if (nodes.length > 0 && platforms.length > 0 && !runs) return certain('platform-mismatch');
  if (view.registry?.blob?.status === 404) return certain('registry-blob-missing');
  return { result: 'ok', finding: null };
}

/** The cause that the runtime's words would name after these answers: of several, that of the credential which got furthest. null: not to be known from here. */
function expectedText(sent: readonly Attempt[], unreadable: boolean): CauseCode | null {
  const order: readonly AttemptResult[] = [
    'manifest-unknown',
    'repository-unknown',
    'not-found',
    'forbidden',
    'unauthorized',
    'token-refused',
    'rate-limited',
    'unavailable',
    'bad-response',
  ];
  const furthest = order.find((result) => sent.some((attempt) => attempt.result === result));
  const attempt = sent.find(({ result }) => result === furthest);
  if (!attempt || !furthest) return null;
  const anonymous = attempt.credential === null;
  switch (furthest) {
    case 'manifest-unknown':
    case 'not-found':
      return 'manifest-not-found';
    case 'repository-unknown':
      return 'repository-not-found';
    case 'forbidden':
      return anonymous ? denied(unreadable, 'auth-required') : 'auth-forbidden';
    case 'unauthorized':
      return anonymous ? denied(unreadable, hasToken(attempt) ? 'not-found-or-denied' : 'auth-required') : 'auth-required';
    case 'token-refused':
      return anonymous ? denied(unreadable, 'auth-required') : 'auth-rejected';
    case 'rate-limited':
      // Without a login the limit is this workstation's own.
      return anonymous ? null : 'rate-limited';
    case 'unavailable':
      return 'registry-unavailable';
    default:
      return 'registry-bad-response';
  }
}

/** What may not be read here may open it there. */
function denied(unreadable: boolean, code: CauseCode): CauseCode | null {
  return unreadable ? null : code;
}

/** A token was given and opened nothing: the registry does not tell missing from forbidden. */
function hasToken({ exchanges }: Attempt): boolean {
  return exchanges.some(({ purpose, status }) => purpose === 'token' && status === 200);
}
