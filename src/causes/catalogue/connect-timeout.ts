import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, failingHost, otherHost, theFailingHost, theNode } from '../facts.ts';
import { manifestUrl } from '../fix/manifest-url.ts';
import { isHost, lookOnNode } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { moveAway, retryNow } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { proxyPlace } from './proxy-failure.ts';
import { elsewhere, portOf } from './registry-way.ts';

export const connectTimeout: CatalogueEntry = {
  family: 'network',
  title: 'no answer from the registry in time',
  retry: 'wait',
  explanation: (view) => sentences(...timeoutSentences(view), elsewhere(view)),
  fixes(view) {
    const look = lookOnNode(view, connectTitle(view), ...connectWords(view));
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

/**
 * How far it came, by Go's net/http: it says the one only when the port was open, the other only when TLS stood too and the request was
 * written.
 */
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

function connectTitle(view: ImageView): string {
  const other = otherHost(view);
  return other === null
    ? 'try the registry from the node: 401 or 200 is a good answer'
    : `try ${clip(other)} from the node: any status is an answer`;
}

/** What is no registry is asked for what the pull asked it for, without the query, which may be signed. */
function connectWords(view: ImageView): string[] {
  const host = failingHost(view);
  if (stoppedAt(view) === 'answer' && otherHost(view) === null) return ['wget', '-S', '-T', '10', '-O', '/dev/null', manifestUrl(view)];
  const asked = URL.parse(view.reading?.error.request?.url ?? '')?.pathname ?? '/';
  const path = otherHost(view) === null ? '/v2/' : asked;
  return ['wget', '-S', '-T', '10', '-O', '/dev/null', `https://${isHost(host) ? host : 'HOST'}${path}`];
}
