import type { CauseCode } from '../../values/cause-code.ts';
import type { ConnectionFault } from '../../values/evidence.ts';
import { replayOf } from '../registries/replay.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';
import { others } from './spread.ts';

/**
 * Where the node said nothing: what the registry shows to everybody, seen from this workstation. A certificate's dates and names are the
 * same from anywhere; that a port refuses, or an authority is not trusted here, may be otherwise there; a name or a route of this
 * workstation says nothing of the node.
 */
export const workstation: Rule = (view, finding) => {
  if (finding) return finding;
  const replay = replayOf(view);
  if (replay?.has('unavailable'))
    return { code: 'registry-unavailable', confidence: 'likely', alternatives: others(view, 'registry-unavailable') };
  if (!replay?.unreachable) return null;
  const fault = view.registry?.attempts.flatMap((attempt) => attempt.exchanges).find((exchange) => exchange.fault)?.fault;
  return fault ? shownToAll(view, fault) : null;
};

const everywhere: Readonly<Record<string, readonly [CauseCode, Finding['confidence']]>> = {
  'tls expired': ['tls-expired', 'likely'],
  'tls name-mismatch': ['tls-name-mismatch', 'likely'],
  'tls unknown-authority': ['tls-unknown-authority', 'possible'],
  'tls plain-http': ['http-on-https', 'likely'],
  'http plain-http': ['http-on-https', 'likely'],
  'connect refused': ['connect-refused', 'possible'],
};

function shownToAll(view: ImageView, { layer, code }: ConnectionFault): Finding | null {
  const known = everywhere[`${layer} ${code}`];
  return known ? { code: known[0], confidence: known[1], alternatives: others(view, known[0]) } : null;
}
