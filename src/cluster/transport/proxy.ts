import { proxyFromEnvironment } from '../../values/proxy-choice.ts';
import type { Environment } from '../kubeconfig/load.ts';
import { NetworkError } from './network-error.ts';

/**
 * The proxy for a server: the cluster's `proxy-url`, else the environment's. null: none.
 * @throws NetworkError for an address that cannot be read.
 */
export function proxyFor(server: URL, proxyUrl: string, env: Environment): URL | null {
  if (proxyUrl !== '') return new URL(proxyUrl);
  const proxy = proxyFromEnvironment(server, env);
  if (proxy && 'invalid' in proxy) throw new NetworkError('failed', `invalid proxy address "${proxy.invalid}"`);
  return proxy;
}
