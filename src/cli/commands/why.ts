import type { Cluster } from '../../cluster/cluster.ts';
import type { Io } from '../io.ts';
import { CommandError } from '../program-errors.ts';
import type { WatchRequest, WhyRequest } from '../request.ts';
import { type RunClock, runClock } from '../run-clock.ts';
import { type StatusLine, statusLine } from '../status-line.ts';
import { withCluster } from '../with-cluster.ts';

/** `why POD | TYPE/NAME`: evidence from the cluster, then the same as from a saved file. */
export async function why(request: WhyRequest, io: Io): Promise<number> {
  const { watch } = request;
  if (watch) return watched({ ...request, watch }, io);
  const clock = runClock(request.timeoutMilliseconds);
  const registryCa = request.registryCa === undefined ? undefined : await (await import('../files.ts')).readRegistryCa(request.registryCa);
  const status = statusLine(io);
  try {
    return await withCluster(request.connection, status.io, { ...request, clock, onFirstRequest: load }, (cluster) =>
      answer(cluster, { ...request, registryCa, clock }, status),
    );
  } finally {
    status.clear();
  }
}

async function watched(request: WhyRequest & { readonly watch: WatchRequest }, io: Io): Promise<number> {
  const [{ watchWhy }, { readRegistryCa }] = await Promise.all([import('../watch/why.ts'), import('../files.ts')]);
  const registryCa = await readRegistryCa(request.registryCa);
  const status = statusLine(io);
  return withCluster(request.connection, status.io, request, (cluster) => watchWhy(cluster, { ...request, registryCa }, status));
}

async function answer(cluster: Cluster, request: WhyRequest & { readonly clock: RunClock }, status: StatusLine): Promise<number> {
  const { target } = request;
  status.show(`Reading ${target.type === 'other' ? target.resource : target.type}/${target.name}`);
  const [{ findSubjects }, { readContainers }] = await Promise.all([
    import('../../playbook/subject/subject.ts'),
    import('../../playbook/pod/containers.ts'),
  ]);
  const subjects = await findSubjects(cluster, cluster.namespace, target);
  requireContainer(
    subjects.map(({ pod }) => ({ name: pod.metadata.name, has: readContainers(pod).map(({ container }) => container) })),
    request.container,
  );
  const { diagnose } = await import('../diagnose.ts');
  setImmediate(() => import('../print.ts')); // Loaded while the reads are waited for.
  const evidence = await Promise.all(subjects.map((subject) => diagnose(cluster, subject, request, status)));
  status.io.signal.throwIfAborted();
  const { printAndSave } = await import('../print.ts');
  return printAndSave(evidence, request, status.io);
}

/** Before anything is read or written for a container that there is not. The text is kubectl's (kubectl pkg/cmd/exec). */
function requireContainer(
  pods: readonly { readonly name: string; readonly has: readonly string[] }[],
  container: string | undefined,
): void {
  if (container === undefined || container === 'sandbox') return;
  const without = pods.find(({ has }) => !has.includes(container));
  if (without) throw new CommandError(`error: container ${container} is not valid for pod ${without.name}`);
}

/** What is needed once the server has answered is loaded while it is waited for: start-up then costs less than a connection takes. */
function load(): void {
  import('../diagnose.ts');
}
