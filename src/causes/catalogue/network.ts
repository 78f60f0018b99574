import type { Fix } from '../../values/verdict.ts';
import { sentences } from '../../words/text.ts';
import { capitalised, theFailingHost, theNode } from '../facts.ts';
import { lookOnNode } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { moveAway } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import { connectRefused } from './connect-refused.ts';
import { connectTimeout } from './connect-timeout.ts';
import { connectionDropped } from './connection-dropped.ts';
import { dnsFailure } from './dns-failure.ts';
import type { CatalogueEntry } from './entry.ts';
import { proxyFailure } from './proxy-failure.ts';
import { elsewhere, portOf } from './registry-way.ts';

const noRoute: CatalogueEntry = {
  family: 'network',
  title: "no way to the registry's address",
  retry: 'never',
  explanation: (view) => sentences(...noWaySentences(view), elsewhere(view)),
  fixes(view) {
    const route: Fix = {
      title: `give ${theNode(view)} a route to ${portOf(view)}: route table, NAT gateway, private endpoint or VPN`,
      commands: [],
    };
    if (lacksRoute(view)) return present(route, lookOnNode(view, 'see the routes of the node', 'ip', 'route'), moveAway(view));
    const address = dialled(view);
    const tell = `ip route get ${address ?? 'ADDRESS'}; ip neigh show ${address ?? 'ADDRESS'}`;
    return present(
      lookOnNode(
        view,
        'see which it is: with no `via`, the host is on a network of the node; FAILED: it does not answer',
        'sh',
        '-c',
        tell,
      ),
      { title: 'if it does not answer, start that host, or correct the address that its name has', commands: [] },
      { ...route, title: `otherwise ${route.title}, or see which firewall rejects` },
      moveAway(view),
    );
  },
};

/**
 * Linux, connect(2): ENETUNREACH is the kernel's own answer where its table has no way. EHOSTUNREACH is said of a neighbour that does not
 * answer ARP, and where a router or firewall answers so.
 */
function lacksRoute(view: ImageView): boolean {
  return /network is (?:unreachable|down)|network unreachable|unreachable network/i.test(view.reading?.error.raw ?? '');
}

function noWaySentences(view: ImageView): readonly string[] {
  const [node, host] = [capitalised(theNode(view)), theFailingHost(view)];
  if (lacksRoute(view)) return [`${node} has no route to ${host}.`];
  return [
    `${node} cannot deliver to ${host}.`,
    'No route leads there, a firewall rejects it, or the address is on a network of the node and does not answer ARP: its host is down, or the address is wrong.',
  ];
}

/** The IP address that the runtime dialled; null where the message has none. */
function dialled(view: ImageView): string | null {
  const { 1: four, 2: six } = /\bdial tcp (?:(\d{1,3}(?:\.\d{1,3}){3})|\[([0-9a-fA-F:.]+)\]):\d/.exec(view.reading?.error.raw ?? '') ?? [];
  return four ?? six ?? null;
}

export const network = {
  'dns-failure': dnsFailure,
  'connect-timeout': connectTimeout,
  'connect-refused': connectRefused,
  'no-route': noRoute,
  'connection-dropped': connectionDropped,
  'proxy-failure': proxyFailure,
};
