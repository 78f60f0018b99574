import type { Answer } from '../ask.ts';
import { readAnswer } from '../ask.ts';
import { mustRun, run } from '../run.ts';
import { namespaceOf } from '../scenarios.ts';
import { labEnvironment, type Settings } from '../settings.ts';

/** What a person asks kubectl for when they are asked for the evidence. */
export const collections = {
  'kubectl get -o json': () => ['get', 'pods,events', '-o', 'json'],
  'kubectl get -o yaml': () => ['get', 'pods,events', '-o', 'yaml'],
  'kubectl get with Secrets': () => ['get', 'pods,events,secrets,serviceaccounts', '-o', 'json'],
  'kubectl get pod': (pod) => ['get', 'pod', pod, '-o', 'yaml'],
  'kubectl get events': () => ['get', 'events', '-o', 'json'],
  'kubectl describe pod': (pod) => ['describe', 'pod', pod],
} satisfies Readonly<Record<string, (pod: string) => readonly string[]>>;

/** The program run where there is no cluster, no home and no registry. */
export function offline(settings: Settings, words: readonly string[], input = '') {
  return run(settings.program, words, { env: { PATH: process.env.PATH, HOME: '/nonexistent' }, input, limit: 60_000 });
}

/** `why POD --from -` on what kubectl printed of each scenario. */
export async function askOffline(
  settings: Settings,
  collection: (pod: string) => readonly string[],
  expected: Readonly<Record<string, string>>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  await twoAtOnce(Object.entries(expected), async ([scenario, cause]) => {
    const text = await mustRun('kubectl', ['-n', namespaceOf(scenario), ...collection(scenario)], { env: labEnvironment(settings) });
    const outcome = await offline(settings, ['why', scenario, '--from=-', '-o', 'json'], text);
    answers.push({ scenario, expected: cause, milliseconds: outcome.milliseconds, ...readAnswer(outcome) });
  });
  return answers;
}

/** Each item's work, two of them at a time. */
export async function twoAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all([worker(), worker()]);
}
