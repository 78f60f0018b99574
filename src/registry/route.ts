import https, { type Agent } from 'node:https';
import type { ConnectionFault } from '../values/evidence.ts';
import { proxyFromEnvironment } from '../values/proxy-choice.ts';
import { unusableProxyFault } from './not-asked.ts';
import type { Trust } from './trust.ts';

/** How a request gets to its server. */
export interface Route {
  /** Its name is resolved by a proxy, not here. */
  readonly proxied: boolean;
  agent(trust: Trust): Agent;
}

/** The ways out of this machine, by the proxies that the environment names; connections are kept and shared. */
export interface Routes {
  to(url: URL): Route | { readonly fault: ConnectionFault };
  close(): void;
}

export function createRoutes(env: Readonly<Record<string, string | undefined>>): Routes {
  const agents = new Map<string, Map<Trust, Agent>>();
  const agentOf = (proxy: string, trust: Trust): Agent => {
    const known = agents.get(proxy) ?? new Map<Trust, Agent>();
    agents.set(proxy, known);
    const agent = known.get(trust) ?? createAgent(trust, proxy);
    known.set(trust, agent);
    return agent;
  };
  return {
    to(url) {
      const proxy = proxyFromEnvironment(url, env);
      const fault = proxy && unusable(proxy);
      if (fault) return { fault };
      const address = proxy instanceof URL ? proxy.href : '';
      return { proxied: address !== '', agent: (trust) => agentOf(address, trust) };
    },
    close() {
      for (const agent of [...agents.values()].flatMap((known) => [...known.values()])) agent.destroy();
    },
  };
}

function unusable(proxy: URL | { readonly invalid: string }): ConnectionFault | null {
  if (!(proxy instanceof URL)) return unusableProxyFault('the proxy of HTTPS_PROXY is not an address that can be read');
  const scheme = proxy.protocol.replace(':', '');
  return ['http', 'https'].includes(scheme)
    ? null
    : unusableProxyFault(
        `HTTPS_PROXY names a ${scheme} proxy, which is not supported here: name an http:// one, or exempt the registry in NO_PROXY`,
      );
}

/** @param proxy an address; empty: none */
function createAgent(trust: Trust, proxy: string): Agent {
  const ca = trust.authorities ? { ca: [...trust.authorities] } : {};
  const proxyEnv = proxy === '' ? {} : { HTTPS_PROXY: proxy };
  // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off.
  return new https.Agent({ keepAlive: true, rejectUnauthorized: true, proxyEnv, ...ca });
}
