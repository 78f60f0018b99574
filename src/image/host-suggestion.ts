import { editDistance } from './edit-distance.ts';

/** Registries that many use. A name with a dot in front ends the host of a customer's own. */
const wellKnown: readonly string[] = [
  'docker.io',
  'ghcr.io',
  'quay.io',
  'gcr.io',
  'us.gcr.io',
  'eu.gcr.io',
  'asia.gcr.io',
  'registry.k8s.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'registry.gitlab.com',
  'registry.redhat.io',
  'registry.access.redhat.com',
  'registry.digitalocean.com',
  'nvcr.io',
  'icr.io',
  '.azurecr.io',
  '.pkg.dev',
  '.amazonaws.com',
  '.jfrog.io',
  '.ocir.io',
];

/**
 * Hosts that this one may stand for: the same in small letters or with another port, and those that one wrong letter (or two that changed
 * places) makes of it; the likeliest first.
 * @param known hosts that are in use here, and so likelier than any well-known one
 */
export function hostsNear(host: string, known: readonly string[]): readonly string[] {
  if (wellKnown.includes(host)) return [];
  const small = host.toLowerCase();
  const near = [
    small,
    ...known.filter((name) => nameOf(name) === nameOf(small)),
    ...known.filter((name) => isNear(host, name)),
    ...wellKnown.flatMap((name) => repaired(host, name)),
  ];
  return [...new Set(near)].filter((name) => name !== host);
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

function repaired(host: string, known: string): readonly string[] {
  if (!known.startsWith('.')) return isNear(host, known) ? [known] : [];
  const labels = host.split('.');
  const own = labels.slice(0, labels.length - known.split('.').length + 1);
  const end = `.${labels.slice(own.length).join('.')}`;
  return own.length > 0 && isNear(end, known) ? [`${own.join('.')}${known}`] : [];
}

/** Short names have too many neighbours. */
function isNear(host: string, known: string): boolean {
  return host !== known && known.length >= 6 && Math.abs(host.length - known.length) <= 1 && editDistance(host, known) === 1;
}
