import { createSecureServer, type Http2SecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { Certificate } from './certificate.ts';
import type { CapturedCluster, KubernetesObject } from './objects.ts';
import { type Resource, resources } from './resources.ts';
import { fieldTest, labelTest } from './selectors.ts';

interface Answer {
  readonly code: number;
  readonly body: unknown;
}

/**
 * An API server over captured objects: reads and lists with selectors, watches in which nothing happens, discovery, and a node's stats/summary.
 * Its only user may read, and is refused all else in the words of RBAC. Speaks HTTP/2 and HTTP/1.1.
 */
export function apiServer(cluster: CapturedCluster, certificate: Certificate, token: string): Http2SecureServer {
  const { certificate: cert, key } = certificate;
  return createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
    const url = new URL(request.url, 'https://cluster');
    if (request.headers.authorization !== `Bearer ${token}`) return send(response, failure(401, 'Unauthorized', 'Unauthorized'));
    if (url.searchParams.get('watch') === 'true' || url.searchParams.get('watch') === '1') return hold(request, response, url);
    send(response, answer(cluster, request.method, url));
  });
}

function answer(cluster: CapturedCluster, method: string, url: URL): Answer {
  const document = cluster.documents[url.pathname];
  if (document && method === 'GET') return { code: 200, body: document };
  const summary = /^\/api\/v1\/nodes\/([^/]+)\/proxy\/stats\/summary$/.exec(url.pathname);
  if (summary) return { code: 200, body: cluster.summaries[summary[1] ?? ''] ?? {} };
  const asked = resourceAt(url.pathname);
  if (!asked) return failure(404, 'NotFound', 'the server could not find the requested resource');
  if (method !== 'GET') return forbidden(method, asked);
  const objects = cluster.objects.get(asked.resource.name) ?? [];
  return asked.name === undefined ? list(asked, objects, url.searchParams) : one(asked, objects);
}

interface Asked {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

function resourceAt(path: string): Asked | undefined {
  const match = /^\/(api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(path);
  const resource = resources.find((one) => one.at === match?.[1] && one.name === match?.[3]);
  return resource && { resource, namespace: match?.[2], name: match?.[4] };
}

function list({ resource, namespace }: Asked, objects: readonly KubernetesObject[], query: URLSearchParams): Answer {
  const fields = fieldTest(query.get('fieldSelector') ?? '');
  const labels = labelTest(query.get('labelSelector') ?? '');
  const items = objects.filter((object) => (!namespace || object.metadata.namespace === namespace) && fields(object) && labels(object));
  const apiVersion = resource.at.replace(/^apis?\//, '');
  return { code: 200, body: { apiVersion, kind: `${resource.kind}List`, metadata: { resourceVersion: '1' }, items } };
}

function one({ resource, namespace, name }: Asked, objects: readonly KubernetesObject[]): Answer {
  const object = objects.find(
    (candidate) => candidate.metadata.name === name && (!namespace || candidate.metadata.namespace === namespace),
  );
  if (!object) return failure(404, 'NotFound', `${qualified(resource)} "${name}" not found`);
  return { code: 200, body: { apiVersion: resource.at.replace(/^apis?\//, ''), kind: resource.kind, ...object } };
}

function forbidden(method: string, { resource, namespace, name }: Asked): Answer {
  const verb = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[method] ?? method.toLowerCase();
  const group = resource.at === 'api/v1' ? '' : resource.at.split('/')[1];
  const where = namespace ? ` in the namespace "${namespace}"` : ' at the cluster scope';
  const what = name ? `${qualified(resource)} "${name}"` : qualified(resource);
  return failure(
    403,
    'Forbidden',
    `${what} is forbidden: User "viewer" cannot ${verb} resource "${resource.name}" in API group "${group}"${where}`,
  );
}

const qualified = (resource: Resource): string =>
  resource.at === 'api/v1' ? resource.name : `${resource.name}.${resource.at.split('/')[1]}`;

const failure = (code: number, reason: string, message: string): Answer => ({
  code,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
});

type Response = Http2ServerResponse;

function send(response: Response, { code, body }: Answer): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A watch in which nothing happens: open until the client leaves or its timeoutSeconds are over. */
function hold(request: Http2ServerRequest, response: Response, url: URL): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setTimeout(() => response.end(), Number(url.searchParams.get('timeoutSeconds') ?? 60) * 1000);
  request.on('close', () => clearTimeout(timer));
}
