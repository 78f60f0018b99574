import { cutOff, isCutAlike } from '../cut-off.ts';
import { theFailingHost, theNode } from '../facts.ts';
import { present } from '../fix/present.ts';
import { moveAway, retryNow } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const connectionDropped: CatalogueEntry = {
  family: 'network',
  title: 'the connection broke during the pull',
  retry: 'wait',
  explanation: (view) =>
    endedEarly(view) ??
    `The connection between ${theNode(view)} and ${theFailingHost(view)} was made and then broken before the answer was complete.`,
  fixes: (view) =>
    isCutAlike(view)
      ? [
          { title: 'look for what cuts answers at a length: a proxy or gateway with a limit, a cache that stored a part', commands: [] },
          { title: 'or push the image again, if the registry has no more of the layer', commands: [] },
        ]
      : present(
          retryNow(view, 'if the fault was passing, wait'),
          {
            title: 'if it keeps breaking, look at what stands between: proxy or load balancer timeouts, inspection of traffic, MTU',
            commands: [],
          },
          moveAway(view),
        ),
};

/** That fewer bytes came than the manifest says, where the runtime counted them: the connection need not have broken. */
function endedEarly(view: ImageView): string | null {
  const cut = cutOff(view);
  if (cut === null) return null;
  const ended = `A layer from ${theFailingHost(view)} ended early on ${theNode(view)}.`;
  return isCutAlike(view)
    ? `${ended} Each of ${cut.times} attempts ended after ${cut.got} of ${cut.expected} bytes: that is no accident of the connection.`
    : `${ended} It ended after ${cut.got} of the ${cut.expected} bytes that its manifest says.`;
}
