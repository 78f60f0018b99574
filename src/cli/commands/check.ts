import { catalogue } from '../../causes/catalogue.ts';
import { forecast } from '../../causes/forecast.ts';
import { collectChecks } from '../../playbook/check/check.ts';
import { plannedCluster } from '../../playbook/check/planned-cluster.ts';
import { plannedPods } from '../../playbook/check/pod-specs.ts';
import { type Question, questionsOf } from '../../playbook/check/questions.ts';
import type { Inspect } from '../../playbook/registry.ts';
import { type RegistryMemory, registryMemory } from '../../playbook/scan/registry-memory.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import { makeCheck } from '../../report/make-check.ts';
import { renderChecks } from '../../report/render/check.ts';
import { chooseColour } from '../../report/render/colour.ts';
import type { ImageCheck } from '../../values/check.ts';
import { readManifests } from '../check/manifests.ts';
import { exitFound } from '../exit-codes.ts';
import { readRegistryCa } from '../files.ts';
import type { Io } from '../io.ts';
import { CommandError } from '../program-errors.ts';
import type { CheckRequest } from '../request.ts';
import { runClock } from '../run-clock.ts';
import { type StatusLine, statusLine } from '../status-line.ts';
import { withCluster } from '../with-cluster.ts';

/** `check IMAGE… | -f FILE…`: the replay of `why` for pods that are not there yet. */
export async function check(request: CheckRequest, io: Io): Promise<number> {
  const [registryCa, objects] = await Promise.all([readRegistryCa(request.registryCa), readManifests(request.files, io)]);
  const status = statusLine(io);
  const clock = runClock(request.timeoutMilliseconds);
  let registries: RegistryMemory | undefined;
  // The first question comes after the first answer of the API server: the time of a login does not count.
  const inspect: Inspect = (...question) => {
    registries ??= registryMemory({ env: io.env, registryCa, timeoutMilliseconds: clock.left(), signal: io.signal });
    return registries.inspect(...question);
  };
  try {
    return await withCluster(request.connection, status.io, { ...request, clock }, async (direct) => {
      const cluster = sharingCluster(plannedCluster(direct, objects));
      const questions = questionsOf(request.images, objects.flatMap(plannedPods), cluster.namespace, request);
      if (questions.length === 0) throw new CommandError('error: no images found in the manifests passed to check');
      status.show(progress(questions));
      const { node, timeoutMilliseconds } = request;
      const evidence = await collectChecks(cluster, questions, { node, timeoutMilliseconds, inspect, now: io.now });
      return print(
        evidence.map((one) => makeCheck(one, forecast(one), catalogue)),
        request,
        status,
      );
    });
  } finally {
    status.clear();
    registries?.close();
  }
}

function progress(questions: readonly Question[]): string {
  return `Asking about ${questions.length === 1 ? 'the image' : `${questions.length} images`}`;
}

async function print(checks: readonly ImageCheck[], request: CheckRequest, { io }: StatusLine): Promise<number> {
  const text = await renderChecks(request.output, checks, {
    columns: io.stdout.isTTY ? io.stdout.columns : undefined,
    colour: chooseColour(io.stdout, io.env, process.platform === 'win32'),
    headers: request.headers,
    now: io.now(),
  });
  io.stdout.write(text);
  return request.exitCode && checks.some(({ result }) => result === 'problem') ? exitFound : 0;
}
