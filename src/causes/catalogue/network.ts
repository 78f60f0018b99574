import { sentences } from '../../words/text.ts';
import { capitalised, theFailingHost, theNode } from '../facts.ts';
import { lookOnNode } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { moveAway } from '../fix/workload.ts';
import { connectRefused } from './connect-refused.ts';
import { connectTimeout } from './connect-timeout.ts';
import { connectionDropped } from './connection-dropped.ts';
import { dnsFailure } from './dns-failure.ts';
import type { CatalogueEntry } from './entry.ts';
import { proxyFailure } from './proxy-failure.ts';
import { elsewhere } from './registry-way.ts';

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

export const network = {
  'dns-failure': dnsFailure,
  'connect-timeout': connectTimeout,
  'connect-refused': connectRefused,
  'no-route': noRoute,
  'connection-dropped': connectionDropped,
  'proxy-failure': proxyFailure,
};
