import type { Attempt, Exchange, ImageRegistryFacts } from '../values/evidence.ts';
import type { ReplayRow } from '../values/report.ts';
import { cutEnd, foldLines } from './escape.ts';

/** A row for each credential in the kubelet's order, and one for none. */
export function replayRows({ attempts }: ImageRegistryFacts): readonly ReplayRow[] {
  return attempts.map((attempt) => ({
    credential: attempt.credential,
    token: answerAbout(attempt, 'token'),
    login: answerAbout(attempt, 'login'),
    manifest: answerAbout(attempt, 'manifest'),
    accepted: attempt.authenticated,
    result: attempt.result,
  }));
}

/** The last answer to a question of this purpose, with the registry's words from wherever they were given. */
function answerAbout(attempt: Attempt, purpose: Exchange['purpose']): string | null {
  const asked = attempt.exchanges.filter((exchange) => exchange.purpose === purpose);
  const last = asked.at(-1);
  if (last === undefined) return null;
  if (last.fault !== null) return cutEnd(foldLines(`${last.fault.layer}: ${last.fault.message}`), 120);
  const [error] = asked.flatMap(({ status, errors }) => (status === last.status ? errors : []));
  return cutEnd(foldLines([last.status, error?.code, error?.message].filter((part) => part !== undefined && part !== '').join(' ')), 120);
}
