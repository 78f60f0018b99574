/**
 * The host that a runtime contacts for a registry: Docker Hub answers under another name than its own (distribution/reference; containerd
 * `DefaultHost`).
 */
export function registryHost(registry: string): string {
  return registry === 'docker.io' ? 'registry-1.docker.io' : registry;
}

/** The same, taken apart; HTTPS's port where none is written. */
export function registryAddress(registry: string): { readonly host: string; readonly port: number } {
  const host = registryHost(registry);
  const port = /:(\d+)$/.exec(host);
  return port ? { host: host.slice(0, port.index), port: Number(port[1]) } : { host, port: 443 };
}
