/** Token servers on another site than their registry's, by registry host. */
const tokenHosts: readonly (readonly [registry: RegExp, tokenHost: string])[] = [
  [/^(?:registry-1\.|index\.)?docker\.io$|^registry\.hub\.docker\.com$/, 'auth.docker.io'],
  [/^registry\.(?:access\.|connect\.)?redhat\.(?:io|com)$/, 'sso.redhat.com'],
  [/^nvcr\.io$/, 'authn.nvidia.com'],
];

/** Parents under which strangers live side by side: a registry there has no say over its neighbours. */
const sharedParents =
  /^(?:[^.]+|(?:co|com|net|org|gov|ac|edu|gob|or|ne)\.[a-z]{2}|azurecr\.(?:io|cn|us)|jfrog\.io|pkg\.dev|gcr\.io|ocir\.io|github\.io|gitlab\.io|cloudfront\.net|(?:.+\.)?azurewebsites\.net|windows\.net|herokuapp\.com|(?:.+\.)?on\.aws|(?:.+\.)?azurecontainerapps\.io|web\.app|ngrok\.app|trycloudflare\.com|(?:.+\.)?nip\.io|(?:.+\.)?sslip\.io|(?:.+\.)?amazonaws\.com(?:\.cn)?|(?:.+\.)?googleapis\.com|(?:.+\.)?core\.windows\.net|(?:.+\.)?cloudapp\.azure\.com|(?:.+\.)?run\.app|(?:.+\.)?appspot\.com|workers\.dev|pages\.dev|vercel\.app|netlify\.app|fly\.dev|onrender\.com|ngrok\.io|ngrok-free\.app|duckdns\.org)$/;

export type RealmVerdict = { readonly url: URL; readonly standing: boolean } | { readonly refusal: string };

/**
 * Reads the realm of a challenge. `standing`: the registry may have credentials sent there: its own host, its own site (a sibling or parent
 * name), or the token server that is known for it. Without standing it may still be asked anonymously, as the runtimes do.
 */
export function judgeRealm(realm: string | undefined, registryHost: string): RealmVerdict {
  const url = realm !== undefined && realm.length <= 2048 && URL.canParse(realm) ? new URL(realm) : null;
  if (!url) return { refusal: 'the registry names no readable token server' };
  if (url.protocol !== 'https:') return { refusal: 'the registry names a token server without TLS' };
  if (url.username !== '' || url.password !== '') return { refusal: 'the registry names a token server with a login in its address' };
  url.hash = '';
  return { url, standing: hasStanding(canonical(registryHost), canonical(url.hostname)) };
}

function hasStanding(registry: string, realm: string): boolean {
  if (realm === registry || realm.endsWith(`.${registry}`)) return true;
  if (tokenHosts.some(([pattern, host]) => pattern.test(registry) && host === realm)) return true;
  // An address in figures has no site.
  if (/^[\d.]+$|:/.test(registry) || /^[\d.]+$|:/.test(realm)) return false;
  const parent = registry.slice(registry.indexOf('.') + 1);
  return parent.includes('.') && !sharedParents.test(parent) && (realm === parent || realm.endsWith(`.${parent}`));
}

function canonical(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
}
