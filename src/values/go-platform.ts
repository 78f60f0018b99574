const systems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/**
 * `linux/amd64`: a platform by the names that Go, and so kubectl, has for it.
 * @param system Node's name for it
 * @param architecture Node's name for it
 */
export function goPlatform(system: string, architecture: string): string {
  return `${systems[system] ?? system}/${architectures[architecture] ?? architecture}`;
}
