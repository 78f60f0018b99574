import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, failingHost, failingName, imageName, registryHost, theFailingHost, theNode } from '../facts.ts';
import { exemptImage, loadImage, rename } from '../fix/load-image.ts';
import { isHost, lookOnNode } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { proposalSentence, useProposals, withHostProposals } from '../fix/proposals.ts';
import { moveAway, retryNow, setImage } from '../fix/workload.ts';
import { isLocalOnly, presenceOf } from '../present-image.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { proxyFailure, proxyPlace } from './proxy-failure.ts';

const dnsFailure: CatalogueEntry = {
  family: 'network',
  title: 'a name that the pull needs does not resolve',
  retry: 'wait',
  explanation(view) {
    const server = /lookup \S+ on (\S+?):53/.exec(view.reading?.error.raw ?? '')?.[1];
    return sentences(
      `${capitalised(theNode(view))} could not resolve ${theName(view)}${server ? `, asking the DNS server ${clip(server)}` : ''}.`,
      clusterName(view) ? 'Names of Kubernetes services resolve in pods, not on nodes: the runtime uses the DNS of the node.' : null,
      elsewhere(view),
      isInUse(view) ? null : proposalSentence(withHostProposals(view)),
    );
  },
  fixes(view) {
    const isRight = isInUse(view);
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
      {
        title: `${isRight ? '' : 'if it is right, '}correct the DNS of ${theNode(view)}: /etc/resolv.conf, or the private zone of the network`,
        commands: [],
      },
      look,
      moveAway(view),
      retryNow(view, 'if the fault was passing, wait'),
    );
  },
};

const connectTimeout: CatalogueEntry = {
  family: 'network',
  title: 'no answer from the registry in time',
  retry: 'wait',
  explanation: (view) =>
    wasConnected(view)
      ? sentences(
          `${capitalised(theNode(view))} connected to ${theFailingHost(view)}, which took the request and did not answer it in time.`,
          'So the network and its firewalls let it through: it is the registry, or a proxy that stands before it.',
          elsewhere(view),
        )
      : sentences(
          `${capitalised(theNode(view))} had no answer from ${theFailingHost(view)} in time.`,
          'Packets that a firewall drops look like this, and so does an overloaded registry.',
          elsewhere(view),
        ),
  fixes(view) {
    const look = lookOnNode(view, 'try the registry from the node: 401 or 200 is a good answer', ...connectWords(view));
    const wait = retryNow(view, 'if the fault was passing, wait');
    if (wasConnected(view)) return present(lookAtRegistry(view), look, wait);
    return present(
      { title: `let ${theNode(view)} reach ${portOf(view)} through firewall, security group, NAT or VPC endpoint`, commands: [] },
      { title: `if the network only lets a proxy out, set HTTPS_PROXY for the runtime: ${proxyPlace(view)}`, commands: [] },
      look,
      moveAway(view),
      wait,
    );
  },
};

/** Go's net/http says so only after the connection and TLS stood and the request was written. */
function wasConnected(view: ImageView): boolean {
  return /timeout awaiting response headers/.test(view.reading?.error.raw ?? '');
}

function lookAtRegistry(view: ImageView): Fix {
  return {
    title: `look at ${theFailingHost(view)} itself: its logs, its load, its storage, and the proxy or load balancer before it`,
    commands: [],
  };
}

const connectRefused: CatalogueEntry = {
  family: 'network',
  title: 'the connection is refused',
  retry: 'never',
  explanation: (view) =>
    sentences(
      ...(isLocalOnly(view)
        ? [
            `${imageName(view)} is in no registry: localhost names images that were made or loaded on the node itself${whereabouts(view)}.`,
            'So it was looked for at a registry on the node, where nothing listens.',
          ]
        : [
            `${capitalised(theNode(view))} reached ${theFailingHost(view)}, and nothing accepts connections at that port.`,
            elsewhere(view),
          ]),
    ),
  fixes(view) {
    if (isLocalOnly(view)) {
      const presence = presenceOf(view);
      const isThere = presence === 'present' || presence === 'arrived';
      const isAsked = view.container.pullPolicy !== 'Always' && (presence === 'present' || presence === 'unknown');
      const exempt = isAsked ? exemptImage(view) : null;
      return present(isThere ? null : loadImage(view), exempt, rename(view));
    }
    return present(
      { title: `start the registry, or what stands before it, at ${portOf(view)}`, commands: [] },
      elsewhere(view) ? null : setImage(view, null, 'if the host or port in the image name is wrong, correct it'),
      moveAway(view),
    );
  },
};

/** Where it is there, why it is not used is said besides (circumstances.ts). */
function whereabouts(view: ImageView): string {
  switch (presenceOf(view)) {
    case 'absent':
      return `, and ${theNode(view)} does not have this one`;
    case 'arrived':
      return `, and ${theNode(view)} did not have this one; by now it lists it`;
    case 'unlisted':
      return `, and ${theNode(view)} does not list this one`;
    case 'present':
      return '';
    case 'unknown':
      if (view.container.pullPolicy === 'Always') return '';
      return `, and ${theNode(view)} does not have this one, or does not let this pod use it`;
  }
}

const noRoute: CatalogueEntry = {
  family: 'network',
  title: 'no network route to the registry',
  retry: 'never',
  explanation: (view) => sentences(`${capitalised(theNode(view))} has no route to ${theFailingHost(view)}.`, elsewhere(view)),
  fixes: (view) =>
    present(
      { title: `give ${theNode(view)} a route to the registry: route table, NAT gateway, private endpoint or VPN`, commands: [] },
      lookOnNode(view, 'see the routes of the node', 'ip', 'route'),
      moveAway(view),
    ),
};

const connectionDropped: CatalogueEntry = {
  family: 'network',
  title: 'the connection broke during the pull',
  retry: 'wait',
  explanation: (view) =>
    `The connection between ${theNode(view)} and ${theFailingHost(view)} was made and then broken before the answer was complete.`,
  fixes: (view) =>
    present(
      retryNow(view, 'if the fault was passing, wait'),
      {
        title: 'if it keeps breaking, look at what stands between: proxy or load balancer timeouts, inspection of traffic, MTU',
        commands: [],
      },
      moveAway(view),
    ),
};

/** What the neighbours tell about where the fault lies; null where they tell nothing. */
function elsewhere(view: ImageView): string | null {
  if (view.worksElsewhere) return 'Other nodes reach this registry.';
  const here = view.neighbours?.sameRegistryHere;
  const others = view.neighbours?.sameRegistryElsewhere;
  if (!here || !others || here.works > 0 || others.works === 0) return null;
  return 'On other nodes images from this registry are in use.';
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

function portOf(view: ImageView): string {
  const host = failingHost(view);
  if (host === null) return 'the registry';
  return /:\d+$/.test(host) ? clip(host) : `${clip(host)}, port 443`;
}

function connectWords(view: ImageView): string[] {
  const host = failingHost(view);
  return ['wget', '-S', '-T', '10', '-O', '/dev/null', `https://${isHost(host) ? host : 'HOST'}/v2/`];
}

export const network = {
  'dns-failure': dnsFailure,
  'connect-timeout': connectTimeout,
  'connect-refused': connectRefused,
  'no-route': noRoute,
  'connection-dropped': connectionDropped,
  'proxy-failure': proxyFailure,
};
