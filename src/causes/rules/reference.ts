import type { CauseCode } from '../../values/cause-code.ts';
import { nodeView } from '../probe/reading.ts';
import { habitsOf } from '../registries/registry-of.ts';
import { replayOf } from '../registries/replay.ts';
import { alternative } from '../tell-apart.ts';
import type { ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

const missing: ReadonlySet<CauseCode> = new Set(['manifest-not-found', 'repository-not-found']);

/**
 * A 404 at the node cannot tell a missing tag from a missing repository (a HEAD has no body); the registry's error codes and its list of tags can.
 * What the registry holds is the same from wherever it is asked, so its answer to this workstation decides.
 */
export const reference: Rule = (view, finding) => {
  const replay = replayOf(view);
  if (finding && !missing.has(finding.code)) return finding;
  if (!replay) return finding;
  if (replay.found) return finding && { ...finding, confidence: 'likely', retry: 'now' };
  const code = replay.has('manifest-unknown') ? 'manifest-not-found' : replay.has('repository-unknown') ? 'repository-not-found' : null;
  if (!code) return finding;
  // Without the runtime's words something else may fail first, unless the node was seen to reach the registry.
  if (!finding && !nodeView(view)?.answered) return { code, confidence: 'likely', alternatives: [] };
  // Who hides what exists may call unknown what is forbidden.
  if (code === 'repository-not-found' && habitsOf(view).hidesExistence)
    return { code, confidence: 'likely', alternatives: [alternative(view.credentials?.tries.length ? 'auth-forbidden' : 'auth-required')] };
  // Where its list names the tag, or names none, it is not the tag alone that is missing.
  if (code === 'manifest-not-found' && view.registry?.tags?.listed)
    return { code, confidence: 'likely', alternatives: [alternative('registry-blob-missing')] };
  if (code === 'manifest-not-found' && !(view.registry?.tags && view.registry.tags.count > 0))
    return { code, confidence: 'likely', alternatives: [alternative('repository-not-found')] };
  // A cache's 404 may be its own failure upstream; a list of tags is not made up.
  if (habitsOf(view).mayHideUpstream && !listsOthers(view))
    return { code, confidence: 'likely', alternatives: [alternative('proxy-cache-upstream')] };
  return { code, confidence: 'certain', alternatives: [] };
};

/** The whole list of tags is known, and it is a tag that is wanted. */
function listsOthers({ registry, spec }: ImageView): boolean {
  return registry?.tags?.complete === true && registry.tags.count > 0 && spec?.reference?.digest === null;
}

/** A registry that hides what exists says the same for a missing repository and a forbidden one. */
export const hidden: Rule = (view, finding) => {
  if (finding?.code !== 'not-found-or-denied' || finding.alternatives.length > 0) return finding;
  const open = [alternative('repository-not-found'), alternative(view.credentials?.tries.length ? 'auth-forbidden' : 'auth-required')];
  return { ...finding, confidence: finding.confidence === 'possible' ? 'possible' : 'likely', alternatives: open };
};
