import assert from 'node:assert/strict';
import type { AddressInfo, Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import tls, { type TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { forecastPull } from '../../src/causes/forecast/pull.ts';
import type { AttemptResult } from '../../src/values/evidence.ts';
import { container, imageSpec, view } from '../causes/view-builder.ts';
import { authority, errors, inspect, login, registryHost } from './servers.ts';

// What a server can do below the level at which Node's own can be told to: each byte is written by hand.

const password = 's3cret-pull-password';
const credential = login('puller', password);
const certificate = authority.issue([registryHost, 'evil.other.test']);
const challenge = 'WWW-Authenticate: Basic realm="r"\r\n';

interface Wire {
  readonly port: number;
  readonly heads: string[];
}

/** A server that is handed each request's head, and its socket. */
async function wire(t: TestContext, answer: (socket: TLSSocket, head: string) => void, options: tls.TlsOptions = {}): Promise<Wire> {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const server = tls.createServer({ cert: certificate.certificate, key: certificate.key, ...options }, (socket) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        heads.push(head);
        answer(socket, head);
      }
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, heads };
}

/** An answer as it should be. */
function answer(status: string, headers: string, body: string | Buffer = '', head = 'GET'): Buffer {
  const bytes = Buffer.from(body);
  const begin = `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(begin, 'latin1'), head.startsWith('HEAD') ? Buffer.alloc(0) : bytes]);
}
const unknownManifest = JSON.stringify(errors('MANIFEST_UNKNOWN'));
const loggedIn = (head: string) => /^authorization:/im.test(head);
/** Asks for Basic, and does the other thing once it has it. */
const once =
  (then: (socket: TLSSocket, head: string) => void) =>
  (socket: TLSSocket, head: string): void =>
    loggedIn(head) ? then(socket, head) : void socket.write(answer('401 Unauthorized', challenge, '', head));
const every = (milliseconds: number, socket: Socket, work: () => void) => {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : work()), milliseconds);
  socket.on('close', () => clearInterval(timer));
};

interface Attack {
  readonly name: string;
  readonly answer: (socket: TLSSocket, head: string) => void;
  readonly options?: tls.TlsOptions;
  readonly result: AttemptResult;
  /** The forecast's code; it is never certain. */
  readonly code?: string;
  readonly check?: (wire: Wire) => void;
}

const attacks: readonly Attack[] = [
  {
    name: 'headers that come a byte at a time',
    answer: once((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
      every(20, socket, () => socket.write('x'));
    }),
    result: 'unreachable',
  },
  {
    name: 'interim answers without end',
    answer: once((socket) => every(1, socket, () => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'))),
    result: 'unreachable',
  },
  {
    name: 'a bomb of gzip in the body of an error',
    answer: once((socket, head) =>
      socket.write(answer('403 Forbidden', 'Content-Type: application/json\r\nContent-Encoding: gzip\r\n', bomb, head)),
    ),
    result: 'forbidden',
    code: 'auth-forbidden',
  },
  {
    name: 'a bomb of gzip for a manifest',
    answer: once((socket, head) =>
      socket.write(answer('200 OK', 'Content-Type: application/vnd.oci.image.manifest.v1+json\r\nContent-Encoding: gzip\r\n', bomb, head)),
    ),
    result: 'found',
  },
  {
    name: 'chunks without end',
    answer: once((socket, head) => {
      socket.write('HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n');
      if (!head.startsWith('HEAD')) every(1, socket, () => socket.write('1;x=y\r\n \r\n'));
    }),
    result: 'unavailable',
    code: 'registry-unavailable',
  },
  {
    name: 'a chunk of more bytes than there are',
    answer: once((socket, head) => {
      socket.write('HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n');
      if (!head.startsWith('HEAD')) socket.write('FFFFFFFFFFFFFFFFF\r\nx');
    }),
    result: 'forbidden',
    code: 'auth-forbidden',
  },
  {
    name: 'a length below nothing',
    answer: once((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n')),
    result: 'bad-response',
    code: 'registry-bad-response',
  },
  {
    name: 'two lengths',
    answer: once((socket) => socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nContent-Length: 500\r\n\r\nhello')),
    result: 'bad-response',
    code: 'registry-bad-response',
  },
  {
    name: 'HTTP/0.9',
    answer: once((socket) => socket.end('{"errors":[{"code":"NAME_UNKNOWN"}]}')),
    result: 'bad-response',
    code: 'registry-bad-response',
  },
  {
    name: 'a status that is none',
    answer: once((socket) => socket.write('HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n')),
    result: 'bad-response',
    code: 'registry-bad-response',
  },
  {
    name: 'a challenge of a thousand parameters, some of them named as the language names its own',
    answer: (socket, head) => {
      const parameters = Array.from({ length: 200 }, (_, index) => `p${index}="${'v'.repeat(20)}"`).join(',');
      const text = `WWW-Authenticate: Bearer __proto__="x",constructor="y",${parameters},realm="https://evil.other.test/token"\r\n`;
      socket.write(answer('401 Unauthorized', text, '', head));
    },
    result: 'refused-to-send',
  },
  {
    name: 'a second answer that nobody has asked for',
    answer: once((socket, head) =>
      socket.write(
        Buffer.concat([
          answer('404 Not Found', 'Content-Type: application/json\r\n', unknownManifest, head),
          answer('200 OK', 'Content-Type: application/json\r\n', '{"name":"x","tags":["v9"]}'),
        ]),
      ),
    ),
    result: 'manifest-unknown',
    code: 'manifest-not-found',
  },
  {
    name: 'a cookie, which it gets back from nobody',
    answer: once((socket, head) =>
      socket.write(answer('404 Not Found', 'Set-Cookie: track=me; Path=/\r\nContent-Type: application/json\r\n', unknownManifest, head)),
    ),
    result: 'manifest-unknown',
    code: 'manifest-not-found',
    check: ({ heads }) => assert.ok(heads.every((head) => !/^cookie:/im.test(head))),
  },
  {
    name: 'a connection that is closed in the middle of a header',
    answer: once((socket) => socket.end('HTTP/1.1 404 Not Fo')),
    result: 'unreachable',
  },
  {
    name: 'an upgrade to another protocol',
    answer: once((socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nxxxx')),
    result: 'unreachable',
  },
  {
    name: 'a new handshake for each answer',
    options: { maxVersion: 'TLSv1.2' },
    answer: once((socket, head) => {
      const say = () => socket.write(answer('404 Not Found', 'Content-Type: application/json\r\n', unknownManifest, head));
      if (!socket.renegotiate({}, say)) say();
    }),
    result: 'manifest-unknown',
    code: 'manifest-not-found',
  },
];

const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

test(`${attacks.length} attacks on the wire get no credential out, end in time, and make nothing certain`, async (t) => {
  for (const { name, answer, options, result, code, check } of attacks) {
    await t.test(name, async (t: TestContext) => {
      const server = await wire(t, answer, options);
      const started = performance.now();
      const facts = await inspect({
        port: server.port,
        credentials: [credential],
        limits: { connect: 2000, request: 1000 },
        milliseconds: 5000,
      });
      assert.ok(performance.now() - started < 4500, 'ends in time');
      assert.equal(facts.attempts[0]?.result, result);
      const evidence = JSON.stringify(facts);
      assert.ok(!evidence.includes(password) && !evidence.includes(Buffer.from(`puller:${password}`).toString('base64')));
      assert.ok(evidence.length < 100_000, 'the evidence is bounded');
      const registry = { container: 'app', kind: 'container', ...facts } as const;
      const { finding } = forecastPull(view({ container: container(), spec: imageSpec(), registry }), { nodes: [], cut: false });
      assert.equal(finding?.code, code);
      assert.notEqual(finding?.confidence, 'certain');
      check?.(server);
    });
  }
});
