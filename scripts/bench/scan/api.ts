import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { load } from 'js-yaml';

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }];
  readonly users: readonly [{ readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } }];
}

export interface Made {
  readonly metadata?: { readonly uid: string };
}

const inFlight = 32;

/** Requests to the API server of a kubeconfig of the lab, a few at a time: quicker than kubectl where thousands of objects are to be made. */
export class Api {
  readonly #session: ClientHttp2Session;
  #free = inFlight;
  readonly #waiting: (() => void)[] = [];

  constructor(kubeconfig: string) {
    const { clusters, users } = load(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
    const decoded = (text: string) => Buffer.from(text, 'base64');
    this.#session = connect(clusters[0].cluster.server, {
      ca: decoded(clusters[0].cluster['certificate-authority-data']),
      cert: decoded(users[0].user['client-certificate-data']),
      key: decoded(users[0].user['client-key-data']),
    });
  }

  /** @returns what the server made of it; empty where it was there before */
  create(path: string, body: object): Promise<Made> {
    return this.#send('POST', path, 'application/json', body);
  }

  patch(path: string, body: object): Promise<Made> {
    return this.#send('PATCH', path, 'application/merge-patch+json', body);
  }

  close(): void {
    this.#session.close();
  }

  async #send(method: string, path: string, type: string, body: object): Promise<Made> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    try {
      return await this.#exchange(method, path, type, JSON.stringify(body));
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  #exchange(method: string, path: string, type: string, body: string): Promise<Made> {
    return new Promise((resolve, reject) => {
      const stream = this.#session.request({ ':method': method, ':path': path, 'content-type': type });
      let status = 0;
      let answer = '';
      stream.setEncoding('utf8');
      stream.on('response', (headers) => {
        status = Number(headers[':status']);
      });
      stream.on('data', (chunk: string) => {
        answer += chunk;
      });
      stream.on('error', reject);
      // 409: it was made by an earlier run.
      stream.on('end', () =>
        status === 409
          ? resolve({})
          : status < 300
            ? resolve(JSON.parse(answer) as Made)
            : reject(new Error(`${method} ${path}: ${status} ${answer}`)),
      );
      stream.end(body);
    });
  }
}
