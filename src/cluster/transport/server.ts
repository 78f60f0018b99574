import type { Connection, KeyPair } from '../kubeconfig/connection.ts';
import type { Environment } from '../kubeconfig/load.ts';
import { abortable } from './abortable.ts';
import { dial } from './dial.ts';
import { proxyFor } from './proxy.ts';
import type { Incoming, Link, Outgoing } from './transport.ts';

/** The API server: connected to when needed or before, and again when the connection was lost. */
export interface Server {
  /** Starts to connect, so that the time of a handshake is spent on other work. A failure is told to the next `send`. */
  warm(certificate: KeyPair | null): void;
  /** @throws NetworkError or the socket's own error. */
  send(request: Outgoing, certificate: KeyPair | null): Promise<Incoming>;
  readonly connected: boolean;
  close(): void;
}

/** HTTP/2 as kubectl, unless DISABLE_HTTP2 says otherwise (apimachinery: util/net/http.go); what the server then picks decides. */
export function serverOf(connection: Connection, env: Environment, onFirstRequest: () => void = () => {}): Server {
  const protocols = env.DISABLE_HTTP2 ? ['http/1.1'] : ['h2', 'http/1.1'];
  const closing = new AbortController();
  let opening: { readonly certificate: KeyPair | null; readonly link: Promise<Link> } | null = null;
  let current: Link | null = null;
  let waited = false;

  async function open(certificate: KeyPair | null): Promise<Link> {
    const proxy = proxyFor(connection.url, connection.cluster.proxyUrl, env);
    const target = { connection, proxy, protocols };
    // Loaded while the server works on the handshake. A server that is found to speak only HTTP/1.1 costs a little more.
    const onHandshake = () => {
      if (!env.DISABLE_HTTP2) import('./http2.ts');
    };
    const { socket, protocol } = await dial({ ...target, onHandshake }, certificate, closing.signal);
    if (protocol === 'h2') return (await import('./http2.ts')).http2Link(socket, connection.url);
    const { http1Link } = await import('./http1.ts');
    const forwardProxy = connection.trust === null && proxy && proxy.protocol.startsWith('http') ? proxy : null;
    const again = { ...target, protocols: ['http/1.1'] };
    return http1Link({
      url: connection.url,
      forwardProxy,
      first: socket,
      open: async () => (await dial(again, certificate, closing.signal)).socket,
    });
  }

  /** One connection for all who ask at the same time; a failed one is told to them and forgotten. */
  function link(certificate: KeyPair | null): Promise<Link> {
    if (opening && (opening.certificate !== certificate || current?.closed)) {
      if (opening.certificate !== certificate) current?.close();
      opening = null;
      current = null;
    }
    if (opening) return opening.link;
    const attempt = { certificate, link: open(certificate) };
    opening = attempt;
    attempt.link.then(
      (opened) => {
        if (closing.signal.aborted) opened.close();
        else if (opening === attempt) current = opened;
      },
      () => {},
    );
    return attempt.link;
  }

  return {
    warm: (certificate) => void link(certificate),
    async send(request, certificate) {
      const attempt = link(certificate);
      try {
        const sending = (await abortable(attempt, request.signal)).send(request);
        if (!waited) setImmediate(onFirstRequest); // Later, for what is sent is written when this turn of the event loop ends.
        waited = true;
        return await sending;
      } catch (error) {
        if (current === null && !request.signal.aborted) opening = null;
        throw error;
      }
    },
    get connected() {
      return current !== null;
    },
    close() {
      // In this order: what is closed already is not ended by an error.
      current?.close();
      closing.abort();
    },
  };
}
