import { isPoorer } from '../../causes/watch/is-poorer.ts';
import { type Story, tell, withChange } from '../../causes/watch/story.ts';
import { ApiError, type Cluster } from '../../cluster/cluster.ts';
import type { SubjectError, Target } from '../../playbook/subject/subject.ts';
import { ownerTarget } from '../../playbook/watch/owner-target.ts';
import { registryAnswers } from '../../playbook/watch/registry-answers.ts';
import { findWatched, type Watched } from '../../playbook/watch/subjects.ts';
import { podsQuery, whySources } from '../../playbook/watch/why-sources.ts';
import { sameness } from '../../report/watch/sameness.ts';
import type { Evidence } from '../../values/evidence.ts';
import { diagnose } from '../diagnose.ts';
import { reportOf, verdictsOn } from '../print.ts';
import type { WatchRequest, WhyRequest } from '../request.ts';
import { runClock } from '../run-clock.ts';
import { saveEvidence } from '../save.ts';
import type { StatusLine } from '../status-line.ts';
import { PoorerLook } from './attempts.ts';
import { watchMemory } from './memory.ts';
import { type Watch, watch } from './watch.ts';
import { whyText } from './why-text.ts';

interface Look {
  readonly watched: Watched;
  readonly evidence: readonly Evidence[];
}

/** Looks that find less than the one before are not believed so often in a row. */
const mostDoubts = 4;

/**
 * `why --watch`: the same look as without it, again whenever something changed that it depends on, until every image is there.
 * @returns the exit code
 * @throws what the first look throws; SubjectError where what is watched is gone for good
 */
export async function watchWhy(
  cluster: Cluster,
  request: WhyRequest & { readonly watch: WatchRequest },
  status: StatusLine,
): Promise<number> {
  status.show(`Reading ${request.target.name}`);
  return watch(cluster, request, status, (own, inPlace) => whyWatch(cluster, request, own, inPlace));
}

function whyWatch(cluster: Cluster, request: WhyRequest, status: StatusLine, inPlace: boolean): Watch<Look> {
  const { io } = status;
  const { namespace } = cluster;
  const registry = registryAnswers();
  const memory = watchMemory(registry);
  let target: Target = request.target;
  let story: Story | null = null;
  let known: readonly Evidence[] = [];
  let doubts = 0;

  async function askRegistries(): Promise<boolean> {
    if (!request.registry) return false;
    const found = await registry.recheck({ env: io.env, registryCa: request.registryCa, signal: io.signal });
    const at = io.now().toISOString();
    for (const { image, before, now } of found)
      if (story) story = withChange(story, { at, what: 'registry', name: image, before, after: now });
    return found.length > 0;
  }

  return {
    left() {
      const isFailing = story?.state === 'failing';
      return { isFailing, words: isFailing ? 'the pull still fails' : 'not every image is there yet' };
    },
    async look() {
      memory.nextRound();
      const watched = await findWatched(cluster, namespace, target, request.container);
      const options = { ...request, target, clock: runClock(request.timeoutMilliseconds) };
      const evidence = await Promise.all(watched.subjects.map((subject) => diagnose(cluster, subject, options, status, memory)));
      if (isPoorer(known, evidence) && doubts++ < mostDoubts) throw new PoorerLook('some of what was read before cannot be read');
      doubts = 0;
      known = evidence;
      return { watched, evidence };
    },
    async report({ watched, evidence }) {
      const verdicts = evidence.map((item) => verdictsOn(item, request.container));
      story = tell(story, { at: io.now().toISOString(), evidence, verdicts, pulled: watched.pulled });
      // What made the pull succeed may be a registry's doing that was not yet noticed.
      if (story.state === 'fixed' && story.changes.every(({ what }) => what === 'pod' || what === 'node')) await askRegistries();
      const told = story;
      const reports = evidence.map((item, index) => reportOf(item, verdicts[index] ?? []));
      const key = sameness(reports, told, inPlace);
      return {
        key,
        draw: () => whyText(reports, told, request, io),
        drawn: async () => {
          if (request.save !== undefined) await saveEvidence(request.save, evidence, io.signal);
        },
        isOver: told.state === 'fixed' || told.state === 'healthy',
      };
    },
    sources: async ({ watched }) =>
      whySources(namespace, target, await podsQuery(cluster, namespace, target).catch(() => ({})), watched.pods),
    // How long a pull has been under way is told by nobody either.
    lookAround: async () => (await askRegistries()) || story?.state === 'waiting',
    missing(error) {
      const next = successor(error, target, known[0]);
      if (next === null) return;
      io.stderr.write(`pod ${target.name} is gone: watching ${next.type === 'other' ? next.resource : next.type}/${next.name}\n`);
      target = next;
    },
  };
}

/**
 * What to watch instead of a pod that is gone: its owner, who makes another. null: the same, which has no pods just now.
 * @throws the error where it is gone for good
 */
function successor(error: SubjectError, target: Target, evidence: Evidence | undefined): Target | null {
  const gone = error.cause instanceof ApiError && error.cause.code === 404;
  if (!gone) return null;
  const owner = target.type === 'pod' ? ownerTarget(evidence?.pod.owner ?? null) : null;
  if (owner === null) throw error;
  return owner;
}
