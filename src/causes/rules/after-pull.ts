import { matchesPlatform } from '../../image/platform.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import type { Finding, ImageView } from '../view.ts';

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
  if (container.running || !reading || !inTheImage.has(reading.code)) return { code: 'none', confidence: 'certain', alternatives: [] };
  const proved = reading.code === 'platform-mismatch' && platformDiffers(view);
  return { code: reading.code, confidence: proved ? 'certain' : reading.confidence, alternatives: proved ? [] : reading.alternatives };
}

/** A manifest alone is pulled whatever its platform is, and its program then does not start. */
function platformDiffers({ registry, node }: ImageView): boolean {
  const platforms = registry?.manifest?.platforms ?? [];
  return node !== null && platforms.length > 0 && !platforms.some((platform) => matchesPlatform(node.platform, platform));
}
