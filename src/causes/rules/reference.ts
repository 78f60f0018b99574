import type { CauseCode } from '../../values/cause-code.ts';
import { nodeView } from '../probe/reading.ts';
import { habitsOf } from '../registries/registry-of.ts';
import { replayOf } from '../registries/replay.ts';
import { mayHideUpstream } from '../registries/upstream.ts';
import { isManifestServed } from '../served-here.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

const missing: ReadonlySet<CauseCode> = new Set(['manifest-not-found', 'repository-not-found']);

/**
 * A 404 at the node cannot tell a missing tag from a missing repository (a HEAD has no body); the registry's error codes and its list of
 * tags can. What the registry holds is the same from wherever it is asked, so its answer to this workstation decides.
 */
export const reference: Rule = (view, finding) => {
  const replay = replayOf(view);
  if (finding && !missing.has(finding.code)) return finding;
  if (!replay) return finding && mayBeUpstream(view, finding);
  if (replay.found) return finding && { ...finding, confidence: 'likely', ...(isManifestServed(view) && { retry: 'now' }) };
  const code = replay.has('manifest-unknown') ? 'manifest-not-found' : replay.has('repository-unknown') ? 'repository-not-found' : null;
  if (!code) return finding && mayBeUpstream(view, finding);
  // Without the runtime's words something else may fail first, unless the node was seen to reach the registry.
  if (!finding && !nodeView(view)?.answered) return { code, confidence: 'likely', alternatives: [] };
  const open = leftOpen(view, code);
  return { code, confidence: open.length === 0 ? 'certain' : 'likely', alternatives: open.map(alternative) };
};

/** By the node's words alone: of software that is not known, nothing tells a cache from a registry. */
function mayBeUpstream(view: ImageView, finding: Finding): Finding {
  if (!mayHideUpstream(view) || finding.alternatives.some(({ code }) => code === 'proxy-cache-upstream')) return finding;
  const confidence = finding.confidence === 'certain' ? 'likely' : finding.confidence;
  return { ...finding, confidence, alternatives: [...finding.alternatives, alternative('proxy-cache-upstream')] };
}

function leftOpen(view: ImageView, code: CauseCode): readonly CauseCode[] {
  const { tags } = view.registry ?? {};
  const upstream: readonly CauseCode[] = mayHideUpstream(view) ? ['proxy-cache-upstream'] : [];
  // Who hides what exists may call unknown what is forbidden.
  if (code === 'repository-not-found') return habitsOf(view).hidesExistence ? [withoutAccess(view), ...upstream] : upstream;
  // Where its list names the tag, or names none, it is not the tag alone that is missing.
  if (tags?.listed) return ['registry-blob-missing', ...upstream];
  return tags && tags.count > 0 ? upstream : ['repository-not-found', ...upstream];
}

function withoutAccess({ credentials }: ImageView): CauseCode {
  return credentials?.tries.length ? 'auth-forbidden' : 'auth-required';
}

/** A registry that hides what exists says the same for a missing repository and a forbidden one. */
export const hidden: Rule = (view, finding) => {
  if (finding?.code !== 'not-found-or-denied' || finding.alternatives.length > 0) return finding;
  const open = [alternative('repository-not-found'), alternative(withoutAccess(view))];
  return { ...finding, confidence: finding.confidence === 'possible' ? 'possible' : 'likely', alternatives: open };
};
