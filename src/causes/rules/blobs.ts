import type { CauseCode } from '../../values/cause-code.ts';
import { cutOff, isCutAlike } from '../cut-off.ts';
import { alternative } from '../tell-apart.ts';
import type { ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** What a layer of another length than the manifest says leaves behind. */
const traces: ReadonlySet<CauseCode> = new Set(['connection-dropped', 'corrupt-layer', 'pull-stalled', 'unknown']);

/** A blob that is not as long as the manifest says, and a layer that always ends at the same byte: neither is the connection's fault. */
export const blobs: Rule = (view, finding) => {
  const sizes = wrongSizes(view);
  if (!sizes) return finding?.code === 'connection-dropped' && isCutAlike(view) ? { ...finding, retry: 'never' } : finding;
  if (!finding) return { code: 'corrupt-layer', confidence: 'likely', alternatives: [] };
  if (!traces.has(finding.code) || (finding.code === 'corrupt-layer' && finding.confidence === 'certain')) return finding;
  const cut = cutOff(view);
  if (cut?.expected === sizes.manifest && cut.got === sizes.served)
    return { code: 'corrupt-layer', confidence: 'certain', alternatives: [] };
  const others = finding.code === 'corrupt-layer' || finding.code === 'unknown' ? [] : [alternative(finding.code)];
  return { code: 'corrupt-layer', confidence: 'likely', alternatives: others };
};

/** Of the image that the node pulls: where its platform is not known, another of the index was looked at. */
function wrongSizes({ registry }: ImageView) {
  return registry?.manifest?.sample ? null : (registry?.blob?.sizes ?? null);
}
