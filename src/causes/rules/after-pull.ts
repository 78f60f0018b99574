import type { CauseCode } from '../../values/cause-code.ts';
import { platformDiffers } from '../served-content.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import { content } from './content.ts';

/** Causes that lie in the image although the pull of it succeeded. */
const ofContent = ['unsupported-manifest', 'platform-mismatch', 'corrupt-layer'] as const;
const inTheImage: ReadonlySet<CauseCode> = new Set([...ofContent, 'unpack-failed', 'content-store-damaged', 'disk-full']);
/** And these, by what an earlier pull failed with: the image is still what it was. */
const stillInTheImage: ReadonlySet<CauseCode> = new Set(ofContent);

/** The image is on the node: then only what it is can be at fault, and most often nothing is. */
export function afterPull(view: ImageView): Finding {
  const { reading, container, readingSource } = view;
  if (container.running) return nothing;
  const served = container.waiting ? content(view, null) : null;
  if (served?.code === 'unsupported-manifest') return served;
  if (!reading && isLogUnread(view)) return { code: 'none', confidence: 'likely', alternatives: [alternative('platform-mismatch')] };
  if (!reading || !(readingSource?.isOver ? stillInTheImage : inTheImage).has(reading.code)) return nothing;
  // A manifest without an index is pulled whatever its platform is, and its program then does not start.
  const proved = reading.code === 'platform-mismatch' && platformDiffers(view);
  return { code: reading.code, confidence: proved ? 'certain' : reading.confidence, alternatives: proved ? [] : reading.alternatives };
}

/**
 * The log of a container that ended as it started may hold the word on its platform, and files do not hold it; of events alone not even how
 * it ended is known.
 */
function isLogUnread({ evidence, container: { terminated } }: ImageView): boolean {
  if (evidence.source === 'events') return true;
  if (evidence.source === undefined || terminated === null || terminated.exitCode === 0) return false;
  return terminated.ranMilliseconds === null || terminated.ranMilliseconds <= 1000;
}

const nothing: Finding = { code: 'none', confidence: 'certain', alternatives: [] };
