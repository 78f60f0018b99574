import type { CauseCode } from '../../values/cause-code.ts';
import type { Finding, ImageView } from '../view.ts';
import { content, platformDiffers } from './content.ts';

/** Causes that lie in the image although the pull of it succeeded. */
const inTheImage: ReadonlySet<CauseCode> = new Set([
  'unsupported-manifest',
  'platform-mismatch',
  'corrupt-layer',
  'unpack-failed',
  'content-store-damaged',
  'disk-full',
]);

/** The image is on the node: then only what it is can be at fault, and most often nothing is. */
export function afterPull(view: ImageView): Finding {
  const { reading, container } = view;
  if (container.running) return nothing;
  const served = container.waiting ? content(view, null) : null;
  if (served?.code === 'unsupported-manifest') return served;
  if (!reading || !inTheImage.has(reading.code)) return nothing;
  // A manifest without an index is pulled whatever its platform is, and its program then does not start.
  const proved = reading.code === 'platform-mismatch' && platformDiffers(view);
  return { code: reading.code, confidence: proved ? 'certain' : reading.confidence, alternatives: proved ? [] : reading.alternatives };
}

const nothing: Finding = { code: 'none', confidence: 'certain', alternatives: [] };
