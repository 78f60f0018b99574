import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const image = 'registry.example.com/team/app:v1';

/** What a kubelet says, and the cause that it stands for. */
export const failures = [
  { code: 'manifest-not-found', message: `failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found` },
  {
    code: 'dns-failure',
    message: `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "https://registry.example.com/v2/team/app/manifests/v1": dial tcp: lookup registry.example.com on 10.0.0.10:53: no such host`,
  },
  {
    code: 'tls-expired',
    message: `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "https://registry.example.com/v2/team/app/manifests/v1": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-03-01T10:00:00Z is after 2026-02-01T10:00:00Z`,
  },
] as const;

type Failure = (typeof failures)[number];

export interface Api {
  readonly namespace: string;
  createPod(): Promise<void>;
  /** @param serial makes the object another, even where the failure is the same */
  setStatus(failure: Failure, serial?: number): Promise<void>;
  setRunning(): Promise<void>;
  end(): Promise<void>;
}

/** One pod in a namespace of its own, by `kubectl proxy`: its status is written as a kubelet would. */
export async function kubectlProxy(kubeconfig: string): Promise<Api> {
  const proxy = spawn('kubectl', ['proxy', '--port=0'], {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(proxy.stdout, 'data');
  const url = `http://127.0.0.1:${/:(\d+)/.exec(String(line))?.[1]}`;
  const namespace = `watch-${process.pid}`;
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const send = (method: string, path: string, body?: object) => sendTo(url, method, path, body);
  const patch = (state: object, serial = 0, more: object = {}) =>
    send('PATCH', `${pods}/web/status`, {
      metadata: { annotations: { serial: String(serial) } },
      status: { phase: 'Pending', containerStatuses: [{ name: 'app', image, imageID: '', ready: false, restartCount: 0, state }], ...more },
    });
  return {
    namespace,
    async createPod() {
      await send('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
      const spec = { nodeName: 'node1', containers: [{ name: 'app', image }] };
      await send('POST', pods, { metadata: { name: 'web' }, spec });
    },
    setStatus: ({ message }, serial) => patch({ waiting: { reason: 'ErrImagePull', message }, running: null }, serial),
    setRunning: () => patch({ running: { startedAt: new Date().toISOString() }, waiting: null }, 0, { phase: 'Running' }),
    async end() {
      try {
        await send('DELETE', `/api/v1/namespaces/${namespace}`);
      } finally {
        stop(proxy);
      }
    },
  };
}

function stop(proxy: ChildProcess): void {
  proxy.kill();
}

/** An API server that has just come up may refuse for a moment. */
async function sendTo(url: string, method: string, path: string, body?: object, attempts = 40): Promise<void> {
  const headers = { 'content-type': method === 'PATCH' ? 'application/strategic-merge-patch+json' : 'application/json' };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }).catch(() => null);
  if (response?.ok) return void (await response.arrayBuffer());
  if (attempts === 0) throw new Error(`${method} ${path}: ${response ? await response.text() : 'no answer'}`);
  await new Promise((resolve) => setTimeout(resolve, 250));
  await sendTo(url, method, path, body, attempts - 1);
}
