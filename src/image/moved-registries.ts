/** Names under which an image lay, and where it lies now. Only moves that kept repositories and tags. */
const moves: readonly (readonly [from: RegExp, to: string])[] = [
  [/^k8s\.gcr\.io\//, 'registry.k8s.io/'],
  [/^(?:(?:us|eu|asia)\.)?gcr\.io\/k8s-artifacts-prod\//, 'registry.k8s.io/'],
  [/^(?:gcr\.io\/)google[-_]containers\//, 'registry.k8s.io/'],
  [/^gcr\.io\/kubernetes-helm\/tiller$/, 'ghcr.io/helm/tiller'],
  [/^docker\.pkg\.github\.com\/([^/]+)\/[^/]+\/([^/]+)$/, 'ghcr.io/$1/$2'],
  [/^docker\.io\/jboss\/keycloak$/, 'quay.io/keycloak/keycloak'],
  [/^quay\.io\/coreos\/flannel$/, 'docker.io/flannel/flannel'],
  // Since August 2025.
  [/^docker\.io\/bitnami\//, 'docker.io/bitnamilegacy/'],
];

/** Where a repository, by its full name, has moved to; null: not known to have moved. */
export function movedTo(repository: string): string | null {
  const move = moves.find(([from]) => from.test(repository));
  return move ? repository.replace(move[0], move[1]) : null;
}
