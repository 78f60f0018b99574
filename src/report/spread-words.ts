import type { Place, Spread } from '../values/surroundings.ts';
import { count } from '../words/amounts.ts';
import { age } from '../words/durations.ts';

/** How other images fare with this registry and on this node, and what follows. @param now when it was seen, RFC 3339 */
export function spreadSentence(spread: Spread, now: string): string {
  const limits = `${spread.namespace === undefined ? '' : ` (of namespace ${spread.namespace})`}${spread.cut ? ', of the pods that could be listed' : ''}`;
  const place = spread.pointsAt === null ? '' : `: ${placeWords(spread.pointsAt, spread.fresh, spread)}`;
  return `${factWords(spread, limits, now)}${place}.`;
}

function factWords(spread: Spread, limits: string, now: string): string {
  const { registry, node, here, elsewhere, others } = spread;
  switch (spread.sign) {
    case 'others-here':
      if (spread.fresh) return `Meanwhile a pod with an image from ${registry} was started on ${node}, which had to pull it${limits}`;
      return `${registry} has answered ${node} about at least ${count(here.answered, 'other image')}, which ${here.answered === 1 ? 'fails' : 'fail'} for another reason${limits}`;
    case 'whole-node':
      return `${others.fails} images from other registries fail on ${node} too, and none works${limits}`;
    case 'every-node':
      return `${allFail(spread, now)}, and so ${elsewhere.fails === 1 ? 'does 1' : `do ${elsewhere.fails}`} on other nodes, and none works anywhere${limits}`;
    case 'only-this-node': {
      const served = servedWords(spread);
      return `${allFail(spread, now)}, and on other nodes ${served}${limits}${spread.fresh ? ', some pulled since' : ''}`;
    }
  }
}

function allFail({ registry, node, here: { fails }, since }: Spread, now: string): string {
  const started = age(since, now);
  const lasting = started === null ? '' : ` for ${started}`;
  if (fails === 1) return `The one image from ${registry} on ${node} fails${lasting}`;
  return `${fails === 2 ? 'Both' : `All ${fails}`} images from ${registry} fail on ${node}${lasting}`;
}

function servedWords({ elsewhere: { works, fails, answered }, imageElsewhere }: Spread): string {
  if (works === 0)
    return `it has answered about at least ${count(answered, 'image')}, which ${answered === 1 ? 'fails' : 'fail'} for another reason`;
  if (fails > 0) return `${works} of ${works + fails} are in use${imageElsewhere ? ', this one among them' : ''}`;
  return `${count(works, 'image')} from it ${works === 1 ? 'is' : 'are'} in use and none fails${answered > 0 ? ' so' : ''}`;
}

function placeWords(place: Place, sure: boolean, { registry, sign }: Spread): string {
  // Whether other nodes fare better is not known.
  const verb = sure && sign !== 'whole-node' ? 'it is' : 'it points at';
  switch (place) {
    case 'node':
      return `${verb} the node${sign === 'whole-node' ? `, not at ${registry}` : ''}`;
    case 'registry':
      return `${verb} the registry`;
    case 'registry-or-shared-way':
      return `${verb} the registry, or what all nodes share on the way to it`;
    case 'shared-way':
      return `${verb} what all nodes share on the way to the registry`;
    case 'name':
      return `${verb} the name`;
  }
}
