import { clip, sentences } from '../../words/text.ts';
import { capitalised, failingName, otherHost, registryHost, theFailingHost, theNode } from '../facts.ts';
import { isHost, lookOnNode } from '../fix/node.ts';
import { correctWhereItLeads } from '../fix/other-host.ts';
import { present } from '../fix/present.ts';
import { proposalSentence, useProposals, withHostProposals } from '../fix/proposals.ts';
import { moveAway, retryNow, setImage } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { elsewhere } from './registry-way.ts';

export const dnsFailure: CatalogueEntry = {
  family: 'network',
  title: 'a name that the pull needs does not resolve',
  retry: 'wait',
  explanation(view) {
    const server = /lookup \S+ on (\S+?):53/.exec(view.reading?.error.raw ?? '')?.[1];
    return sentences(
      `${capitalised(theNode(view))} could not resolve ${theName(view)}${server ? `, asking the DNS server ${clip(server)}` : ''}.`,
      clusterName(view) ? 'Names of Kubernetes services resolve in pods, not on nodes: the runtime uses the DNS of the node.' : null,
      elsewhere(view),
      isNameRight(view) ? null : proposalSentence(withHostProposals(view)),
    );
  },
  fixes(view) {
    const isRight = isNameRight(view);
    const proposed = isRight ? [] : useProposals(withHostProposals(view));
    const look = isHost(failingName(view))
      ? lookOnNode(
          view,
          'see what the node resolves (it uses /etc/resolv.conf of the node, not CoreDNS)',
          'nslookup',
          failingName(view) ?? '',
        )
      : null;
    return present(
      ...proposed,
      isRight || proposed.length > 0 ? null : setImage(view, null, 'if the host is misspelt, correct it'),
      otherHost(view) && !view.worksElsewhere ? correctWhereItLeads(view) : null,
      {
        title: `${isInUse(view) ? '' : 'if it is right, '}correct the DNS of ${theNode(view)}: /etc/resolv.conf, or the private zone of the network`,
        commands: [],
      },
      look,
      moveAway(view),
      retryNow(view, 'if the fault was passing, wait'),
    );
  },
};

/** The name in the image: that which did not resolve is another one, or images are used from it. */
function isNameRight(view: ImageView): boolean {
  return otherHost(view) !== null || isInUse(view);
}

/** A host that images are used from is not misspelt. */
function isInUse({ neighbours, worksElsewhere }: ImageView): boolean {
  return worksElsewhere === true || (neighbours?.sameRegistryHere.works ?? 0) + (neighbours?.sameRegistryElsewhere.works ?? 0) > 0;
}

/** The name that did not resolve; with the registry's, where it is another. */
function theName(view: ImageView): string {
  const name = failingName(view);
  return name !== null && name === registryHost(view)?.replace(/:\d+$/, '') ? clip(name) : theFailingHost(view);
}

function clusterName(view: ImageView): boolean {
  return /\.svc(\.|$)/.test(failingName(view) ?? '');
}
