/**
 * Whether a pull secret's key was meant for a registry by the look of it: both of one site, or both Docker Hub's. An entry for quite
 * another registry is not to be renamed, and none to capitals: it is the image that should be written in small letters.
 */
export function isMeantFor({ key, shouldBe }: { readonly key: string; readonly shouldBe: string }): boolean {
  if (shouldBe !== shouldBe.toLowerCase()) return false;
  const [has, needs] = [site(key), site(shouldBe)];
  return has === needs || (hub.includes(has) && hub.includes(needs));
}

const hub = ['docker.io', 'docker.com'];

/** The last two labels of the host. */
function site(key: string): string {
  return key
    .replace(/^https?:\/\//, '')
    .replace(/[:/].*$/, '')
    .toLowerCase()
    .split('.')
    .slice(-2)
    .join('.');
}
