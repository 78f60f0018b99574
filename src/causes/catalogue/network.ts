import { isOwnRegistry } from '../../values/address-class.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, failingHost, failingName, imageName, otherHost, registryHost, theFailingHost, theNode } from '../facts.ts';
import { exemptImage, loadImage, rename } from '../fix/load-image.ts';
import { isHost, lookOnNode } from '../fix/node.ts';
import { correctWhereItLeads } from '../fix/other-host.ts';
import { present } from '../fix/present.ts';
import { proposalSentence, useProposals, withHostProposals } from '../fix/proposals.ts';
import { moveAway, retryNow, setImage } from '../fix/workload.ts';
import { isLocalOnly, presenceOf } from '../present-image.ts';
import type { ImageView } from '../view.ts';
import { connectionDropped } from './connection-dropped.ts';
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

const connectTimeout: CatalogueEntry = {
  family: 'network',
  title: 'no answer from the registry in time',
  retry: 'wait',
  explanation: (view) => sentences(...timeoutSentences(view), elsewhere(view)),
  fixes(view) {
    const look = lookOnNode(view, 'try the registry from the node: 401 or 200 is a good answer', ...connectWords(view));
    const wait = retryNow(view, 'if the fault was passing, wait');
    if (stoppedAt(view) === 'answer') return present(lookAtRegistry(view), look, wait);
    if (stoppedAt(view) === 'tls')
      return present(
        lookAtRegistry(view),
        { title: `or at what stands between: inspection of traffic, a firewall that ends connections itself, MTU`, commands: [] },
        look,
        moveAway(view),
        wait,
      );
    return present(
      { title: `let ${theNode(view)} reach ${portOf(view)} through firewall, security group, NAT or VPC endpoint`, commands: [] },
      { title: `if the network only lets a proxy out, set HTTPS_PROXY for the runtime: ${proxyPlace(view)}`, commands: [] },
      look,
      moveAway(view),
      wait,
    );
  },
};

/** How far it came, by Go's net/http: it says the one only when the port was open, the other only when TLS stood too and the request was written. */
function stoppedAt(view: ImageView): 'tls' | 'answer' | null {
  const raw = view.reading?.error.raw ?? '';
  if (/timeout awaiting response headers/.test(raw)) return 'answer';
  return /TLS handshake timeout/.test(raw) ? 'tls' : null;
}

function timeoutSentences(view: ImageView): readonly string[] {
  const node = capitalised(theNode(view));
  const host = theFailingHost(view);
  switch (stoppedAt(view)) {
    case 'answer':
      return [
        `${node} connected to ${host}, which took the request and did not answer it in time.`,
        'So the network and its firewalls let it through: it is the registry, or a proxy that stands before it.',
      ];
    case 'tls':
      return [
        `${node} opened a connection to ${host}, which then did not answer the TLS handshake in time.`,
        'So the port is open: the registry is overloaded, something else listens there, or what stands between lets little through.',
      ];
    case null:
      return [
        `${node} had no answer from ${host} in time.`,
        'Packets that a firewall drops look like this, and so does an overloaded registry.',
      ];
  }
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
            ownRegistry(view),
            elsewhere(view),
          ]),
    ),
  fixes(view) {
    if (isLocalOnly(view)) {
      const presence = presenceOf(view);
      const isThere = presence === 'present' || presence === 'arrived' || presence === 'listed';
      const isAsked = view.container.pullPolicy !== 'Always' && (presence === 'present' || presence === 'listed' || presence === 'unknown');
      const exempt = isAsked ? exemptImage(view) : null;
      return present(isThere ? null : loadImage(view), exempt, rename(view));
    }
    if (ownRegistry(view))
      return [
        setImage(view, null, 'write the image with the host by which the nodes reach it'),
        { title: `or run the registry, or a proxy to it, at ${portOf(view)} of each node`, commands: [] },
      ];
    return present(
      { title: `start the registry, or what stands before it, at ${portOf(view)}`, commands: [] },
      otherHost(view) && !view.worksElsewhere ? correctWhereItLeads(view) : null,
      elsewhere(view) || otherHost(view) ? null : setImage(view, null, 'if the host or port in the image name is wrong, correct it'),
      moveAway(view),
    );
  },
};

/** null: it is not a registry by the name of the machine itself that did not answer. */
function ownRegistry(view: ImageView): string | null {
  const host = registryHost(view);
  if (host === null || otherHost(view) !== null || !isOwnRegistry(host)) return null;
  return `${clip(host)} is on each machine that machine itself, here ${theNode(view)}.`;
}

/** Where it is there, why it is not used is said besides (circumstances.ts). */
function whereabouts(view: ImageView): string {
  switch (presenceOf(view)) {
    case 'absent':
      return `, and ${theNode(view)} does not have this one`;
    case 'arrived':
      return `, and ${theNode(view)} did not have this one; by now it lists it`;
    case 'listed':
      return `, and ${theNode(view)} did not have this one, or did not let this pod use it; by now it lists it`;
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

/** What the neighbours tell about where the fault lies; null where they tell nothing. */
function elsewhere(view: ImageView): string | null {
  if (view.worksElsewhere) return 'Other nodes reach this registry.';
  const here = view.neighbours?.sameRegistryHere;
  const others = view.neighbours?.sameRegistryElsewhere;
  if (!here || !others || here.works > 0 || others.works === 0) return null;
  return 'On other nodes images from this registry are in use.';
}

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
