import { catalogue } from '../../causes/catalogue.ts';
import { forecast } from '../../causes/forecast/forecast.ts';
import { collectChecks } from '../../playbook/check/check.ts';
import { namespacesIn } from '../../playbook/check/namespaces.ts';
import { plannedCluster } from '../../playbook/check/planned-cluster.ts';
import { plannedPods } from '../../playbook/check/pod-specs.ts';
import { questionsOf } from '../../playbook/check/questions.ts';
import { unanswered } from '../../playbook/check/unanswered.ts';
import type { Exists } from '../../playbook/proposals/propose.ts';
import type { Inspect } from '../../playbook/registry.ts';
import { type RegistryMemory, registryMemory } from '../../playbook/scan/registry-memory.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import { escapeText } from '../../report/escape.ts';
import { makeCheck } from '../../report/make-check.ts';
import { renderChecks } from '../../report/render/check.ts';
import type { CheckEvidence, ImageCheck } from '../../values/check.ts';
import { readManifests } from '../check/manifests.ts';
import { exitFound } from '../exit-codes.ts';
import { readRegistryCa } from '../files.ts';
import type { Io } from '../io.ts';
import { renderOptions } from '../print.ts';
import { CommandError } from '../program-errors.ts';
import type { CheckRequest } from '../request.ts';
import { runClock } from '../run-clock.ts';
import { type StatusLine, statusLine } from '../status-line.ts';
import { withCluster } from '../with-cluster.ts';

/**
 * `check IMAGE… | -f FILE…`: the replay of `why` for pods that are not there yet. A manifest that cannot be read leaves the others as they
 * are, and ends in 1.
 */
export async function check(request: CheckRequest, io: Io): Promise<number> {
  const [registryCa, manifests] = await Promise.all([readRegistryCa(request.registryCa), readManifests(request.files, request, io)]);
  for (const line of [...manifests.errors, ...manifests.notes]) io.stderr.write(`${escapeText(line)}\n`);
  const pods = manifests.objects.flatMap(({ object, file }) => plannedPods(object, file));
  if (request.images.length + pods.length === 0) {
    if (manifests.errors.length > 0) return 1;
    throw new CommandError('error: no images found in the manifests passed to check');
  }
  const objects = manifests.objects.map(({ object }) => object);
  const status = statusLine(io);
  const clock = runClock(request.timeoutMilliseconds);
  let memory: RegistryMemory | undefined;
  // The first question comes after the first answer of the API server: the time of a login does not count.
  const registries = () => {
    memory ??= registryMemory({ env: io.env, registryCa, timeoutMilliseconds: clock.left(), signal: io.signal });
    return memory;
  };
  const inspect: Inspect = (...question) => registries().inspect(...question);
  const exists: Exists = (...question) => registries().exists(...question);
  try {
    const code = await withCluster(request.connection, status.io, { ...request, clock }, async (direct) => {
      const cluster = sharingCluster(plannedCluster(direct, objects));
      const questions = questionsOf(request.images, pods, cluster.namespace, request);
      const progress = (done: number) => status.show(progressText(done, questions.length));
      progress(0);
      const { node, timeoutMilliseconds } = request;
      const plannedNamespaces = namespacesIn(objects);
      const options = { node, timeoutMilliseconds, inspect, exists, plannedNamespaces, now: io.now, progress };
      const found = await collectChecks(cluster, questions, options);
      io.signal.throwIfAborted();
      const code = await print(found.map(judged), request, status);
      const silence = unanswered(found, namesAccount(request));
      if (silence !== null) io.stderr.write(`${escapeText(silence.message)}\n`);
      return silence === null ? code : 1;
    });
    return manifests.errors.length > 0 ? 1 : code;
  } finally {
    status.clear();
    memory?.close();
  }
}

/** The pull secrets of a certain place are to count. */
function namesAccount({ connection, serviceAccount }: CheckRequest): boolean {
  return connection.namespace !== undefined || serviceAccount !== undefined;
}

function judged(evidence: CheckEvidence): ImageCheck {
  return makeCheck(evidence, forecast(evidence), catalogue);
}

function progressText(done: number, of: number): string {
  return of === 1 ? 'Asking about the image' : `${done} of ${of} images asked about`;
}

async function print(checks: readonly ImageCheck[], request: CheckRequest, { io }: StatusLine): Promise<number> {
  const text = await renderChecks(request.output, checks, renderOptions(io, request));
  io.stdout.write(text);
  return request.exitCode && checks.some(({ result }) => result === 'problem') ? exitFound : 0;
}
