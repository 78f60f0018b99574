import { setTimeout as pause } from 'node:timers/promises';
import { mustRun } from './run.ts';
import { labEnvironment, type Settings } from './settings.ts';

interface Status {
  readonly state?: { readonly waiting?: { readonly reason?: string }; readonly running?: object; readonly terminated?: object };
}
interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: { readonly initContainerStatuses?: readonly Status[]; readonly containerStatuses?: readonly Status[] };
}

const underWay = new Set(['ContainerCreating', 'PodInitializing']);

/** These show no failed container however long one waits: a pull that goes on, one that an older runtime never ends, a pod that its node refuses or that finds none. */
const neverSettle = new Set(['faulty-slow', 'faulty-hang', 'disk-will-fill', 'disk-pressure', 'disk-pressure-pending']);

const limit = 150_000;
/** Once every pod has failed, how long until the kubelets' messages are those of a repeated failure. */
const grace = 15_000;

/** Waits until each pod shows its failure (or runs), two and a half minutes at most. @returns the names of those that do not yet. */
export async function waitUntilSettled(settings: Settings, names: readonly string[]): Promise<readonly string[]> {
  const end = Date.now() + limit;
  for (;;) {
    const text = await mustRun('kubectl', ['get', 'pods', '-A', '-o', 'json'], { env: labEnvironment(settings) });
    const pods = (JSON.parse(text) as { items: readonly Pod[] }).items;
    const settled = new Set(pods.filter(hasSettled).map((pod) => pod.metadata.name));
    const open = names.filter((name) => !settled.has(name) && !neverSettle.has(name));
    if (open.length === 0 || Date.now() > end) {
      if (!settings.up) await pause(grace);
      return open;
    }
    await pause(3000);
  }
}

function hasSettled(pod: Pod): boolean {
  const statuses = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
  return statuses.some(({ state }) =>
    Boolean(state?.running ?? state?.terminated ?? (state?.waiting && !underWay.has(state.waiting.reason ?? 'ContainerCreating'))),
  );
}
