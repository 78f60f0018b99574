import type { CauseFamily, Retry } from '../../values/cause-code.ts';
import { clip } from '../../words/text.ts';
import { theNode, theRegistry } from '../facts.ts';
import { waitsForInit } from '../init-wait.ts';
import { verifiesCredentials } from '../kubelet-config.ts';
import { providerFailure } from '../log-text.ts';
import { isPresent } from '../present-image.ts';
import { canaryOf } from '../probe/canary.ts';
import { nodeView } from '../probe/reading.ts';
import { isManifestServed, isServedHere } from '../served-here.ts';
import type { ImageView } from '../view.ts';

/** Said before the cause of an image whose pull has not come yet; null: it has. */
export function notPulledYet(view: ImageView): string | null {
  const init = waitsForInit(view);
  // A sidecar runs on: what comes after it waits for its start.
  return init
    ? `Not pulled yet: that comes when init container ${clip(init.container)} ${init.sidecar ? 'has started' : 'is done'}.`
    : null;
}

/** Said before a cause that is gone: what follows was the failure. null: it is not known to be gone. */
export function mendedSince(view: ImageView, retry: Retry): string | null {
  if (retry !== 'now' || view.container.pull !== 'failing') return null;
  const was = 'What failed until then:';
  if (canaryOf(view.probe)?.pulled) return `It is mended: ${theNode(view)} pulled the image just now. ${was}`;
  if (nodeView(view)?.answered && !isManifestServed(view))
    return `It seems to be mended: ${theRegistry(view)} lets ${theNode(view)} read the repository by now. ${was}`;
  if (isServedHere(view)) return `It seems to be mended: the registry serves the image as the pod would ask for it. ${was}`;
  return null;
}

/** That it can be pulled was seen, and what mends a credential would only renew a good one. */
export function isMended(view: ImageView, family: CauseFamily): boolean {
  return canaryOf(view.probe)?.pulled === true || (family === 'credentials' && (isServedHere(view) || nodeView(view)?.answered === true));
}

/** Said after the cause of a pull that the image on the node seems to make needless; null: it is none of these. */
export function pulledAlthoughPresent(view: ImageView, family: CauseFamily): string | null {
  if (view.container.pull !== 'failing' || !asksTheRegistry.has(family)) return null;
  if (!view.node || !isPresent(view) || !verifiesCredentials(view)) return null;
  return `The image is on ${theNode(view)} already, but its kubelet (${clip(view.node.kubelet, 40)}) checks the credential of each pod also for such images, and asks the registry for a pod that has none it knows to be good (KEP-2535).`;
}

/** Said after a cause that a credential would mend, where the node's logs tell why its own was not sent; null: nothing is known of it. */
export function providerFailed(view: ImageView, family: CauseFamily): string | null {
  if (family !== 'credentials' && family !== 'reference') return null;
  const words = providerFailure(view);
  return words === null ? null : `The logs of ${theNode(view)} say that its credential provider failed for this image: ${clip(words, 300)}`;
}

/** What the image is, and whether it can be unpacked, is another matter than why it is asked for. */
const asksTheRegistry: ReadonlySet<CauseFamily> = new Set(['credentials', 'reference', 'rate', 'network', 'tls', 'registry']);
