import type { CauseCode } from '../../values/cause-code.ts';
import type { Attempt, AttemptResult } from '../../values/evidence.ts';
import { factsOf } from '../../values/facts-of.ts';
import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import { undecodable } from '../../values/undecodable.ts';
import { type Replay, replayOf } from '../registries/replay.ts';
import { content } from '../rules/content.ts';
import { credentials } from '../rules/credentials.ts';
import { hidden, reference } from '../rules/reference.ts';
import type { Rule } from '../rules/rule.ts';
import { unsendable } from '../unsendable.ts';
import type { Finding, ImageView } from '../view.ts';
import { forecastContent, type Places } from './content.ts';
import { type PullForecast, problem, unknown } from './result.ts';

/** How a pull would end that nobody has tried yet: from the name, the pull secrets and the registry's answers alone. */
export function forecastPull(view: ImageView, places: Places): PullForecast {
  if (view.spec?.invalid) return problem('invalid-image-name', 'certain');
  if (usesPullSecrets(view.container.kind) && undecodable(view.secrets) !== null) return problem('pull-secret-malformed', 'certain');
  const tries = view.credentials?.tries.length ?? 0;
  if (tries > 0 && unsendable(view).length === tries) return problem('pull-secret-malformed', 'certain');
  const replay = replayOf(view);
  if (!replay) return unknown;
  const sent = replay.withCredential.length > 0 ? replay.withCredential : replay.anonymous ? [replay.anonymous] : [];
  if (sent.some(({ result }) => result === 'found')) return forecastContent(view, places);
  const expected = expectedText(sent, mayHaveMore(view));
  return expected ? { result: 'problem', finding: cautious(replay, refine(view, expected)) } : unknown;
}

/** A Secret, or the account that names them, may not be read here, and may well serve the kubelet. */
function mayHaveMore({ secrets, evidence, container }: ImageView): boolean {
  if (!usesPullSecrets(container.kind)) return false;
  const { spec } = evidence;
  const account = factsOf(spec)?.serviceAccount ?? null;
  if (evidence.secrets.outcome === 'unknown') return true;
  return secrets.some(({ state }) => state === 'unreadable') || (secrets.length === 0 && account !== null && 'obstacle' in account);
}

const rules: readonly Rule[] = [content, reference, credentials, hidden];

function refine(view: ImageView, expected: CauseCode): Finding {
  const first: Finding = { code: expected, confidence: 'likely', alternatives: [] };
  return rules.reduce<Finding | null>((finding, rule) => rule(view, finding), first) ?? first;
}

/** Where the pod brings no credential, the node may have one of its own. */
function cautious({ withCredential }: Replay, finding: Finding): Finding {
  const ofContent = finding.code === 'manifest-not-found' || finding.code === 'repository-not-found';
  return withCredential.length === 0 && !ofContent && finding.confidence === 'certain' ? { ...finding, confidence: 'likely' } : finding;
}

/**
 * The cause that the runtime's words would name after these answers: of several, that of the credential which got furthest. null: not to be
 * known from here.
 */
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
  // The kubelet tries all of them: one that was not heard out may open what the others do not.
  if (refusals.has(furthest) && sent.some(({ result }) => unheard.has(result))) return null;
  const anonymous = attempt.credential === null;
  switch (furthest) {
    case 'manifest-unknown':
    case 'not-found':
      return 'manifest-not-found';
    case 'repository-unknown':
      return 'repository-not-found';
    case 'forbidden':
      return denied(unreadable, anonymous ? 'auth-required' : 'auth-forbidden');
    case 'unauthorized':
      return denied(unreadable, anonymous && hasToken(attempt) ? 'not-found-or-denied' : 'auth-required');
    case 'token-refused':
      return denied(unreadable, anonymous ? 'auth-required' : 'auth-rejected');
    case 'rate-limited':
      // Without a login the limit is this workstation's own.
      return anonymous ? null : 'rate-limited';
    case 'unavailable':
      return 'registry-unavailable';
    default:
      return 'registry-bad-response';
  }
}

const refusals: ReadonlySet<AttemptResult> = new Set(['forbidden', 'unauthorized', 'token-refused']);
const unheard: ReadonlySet<AttemptResult> = new Set([
  'rate-limited',
  'unavailable',
  'bad-response',
  'unreachable',
  'refused-to-send',
  'not-asked',
]);

/** What may not be read here may open it there. */
function denied(unreadable: boolean, code: CauseCode): CauseCode | null {
  return unreadable ? null : code;
}

/** A token was given and opened nothing: the registry does not tell missing from forbidden. */
function hasToken({ exchanges }: Attempt): boolean {
  return exchanges.some(({ purpose, status }) => purpose === 'token' && status === 200);
}
