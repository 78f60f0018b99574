import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Repository } from './images.ts';

/** Decides whether a request may read a repository: null, or the challenge (WWW-Authenticate) to send instead. */
export type Guard = (request: IncomingMessage, repository: string | null) => string | null;

/** A registry over a few repositories: the pull half of the OCI distribution specification, with the errors of CNCF Distribution. */
export function registry(repositories: Readonly<Record<string, Repository>>, guard: Guard): RequestListener {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'https://registry');
    const match = /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(url.pathname);
    const challenge = guard(request, match?.[1] ?? null);
    if (challenge !== null) return fail(response, 401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': challenge });
    if (url.pathname === '/v2/') return send(response, request, 'application/json', Buffer.from('{}'));
    const [, name = '', kind, reference = ''] = match ?? [];
    const found = repositories[name];
    if (!found) return fail(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
    if (kind === 'tags') return tags(response, request, name, found, url);
    const blob = (kind === 'manifests' ? found.manifests : found.blobs).get(reference);
    if (blob) return send(response, request, blob.mediaType, blob.bytes, { 'docker-content-digest': blob.digest });
    if (kind === 'manifests') return fail(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown', {}, unknownManifest(name, reference));
    return fail(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  };
}

/** What Distribution says of itself in `detail` (errors.go: ErrTagUnknown, ErrManifestUnknownRevision). */
function unknownManifest(name: string, reference: string): object {
  return reference.includes(':') ? { Name: name, Revision: reference } : { Tag: reference };
}

function tags(response: ServerResponse, request: IncomingMessage, name: string, { tags }: Repository, url: URL): void {
  const last = url.searchParams.get('last') ?? '';
  const rest = [...tags].sort().filter((tag) => tag > last);
  const size = Number(url.searchParams.get('n') ?? rest.length);
  const page = rest.slice(0, size);
  const more: Record<string, string> =
    rest.length > page.length ? { link: `</v2/${name}/tags/list?n=${size}&last=${page.at(-1)}>; rel="next"` } : {};
  send(response, request, 'application/json', Buffer.from(JSON.stringify({ name, tags: page })), more);
}

function send(
  response: ServerResponse,
  request: IncomingMessage,
  type: string,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function fail(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  detail?: object,
): void {
  const body = Buffer.from(JSON.stringify({ errors: [{ code, message, ...(detail && { detail }) }] }));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}
