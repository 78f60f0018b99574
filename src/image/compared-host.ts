/** What registries are compared by: names of hosts know no case (RFC 4343), and 443 is the port of https. */
export function comparedHost(registry: string): string {
  return registry.toLowerCase().replace(/:443$/, '');
}
