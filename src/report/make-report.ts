import { type CauseCode, type CauseFamily, isFault } from '../values/cause-code.ts';
import type { Evidence, PullState } from '../values/evidence.ts';
import { failingSince as oldestFailure } from '../values/failure-start.ts';
import { pluginCommand } from '../values/plugin-name.ts';
import type { PullReport, ReportImage, ReportPod, ReportStep } from '../values/report.ts';
import type { Verdict } from '../values/verdict.ts';
import { foldLines } from './escape.ts';
import { ledger } from './ledger/index.ts';
import { replayRows } from './replay.ts';
import { scopeSentence } from './scope.ts';
import { find } from './steps/finding.ts';
import { stepsWith } from './steps/index.ts';
import type { ReadAnswer } from './steps/probe-answer.ts';
import { eventsOf } from './steps/pull-events.ts';

/** What the report says of a cause beyond its verdict; handed in, so that the report need not know the catalogue. */
export type CauseTitles = Readonly<Record<CauseCode, { readonly title: string; readonly family: CauseFamily }>>;

export interface ReportOptions {
  readonly readAnswer: ReadAnswer;
}

/**
 * Evidence and verdicts → the report, as plain JSON: the contract of `-o json` (docs/report.schema.json). Pure: the same evidence gives the
 * same report.
 */
export function makeReport(evidence: Evidence, verdicts: readonly Verdict[], causes: CauseTitles, options: ReportOptions): PullReport {
  return {
    apiVersion: 'imagepull/v1',
    kind: 'PullReport',
    collectedAt: evidence.collectedAt,
    ...(evidence.source === undefined ? {} : { source: evidence.source }),
    pod: reportPod(
      evidence,
      verdicts.some(({ code }) => isFault(code)),
    ),
    images: verdicts.map((verdict) => reportImage(evidence, verdict, causes)),
    steps: reportSteps(evidence, verdicts, options.readAnswer),
  };
}

function reportPod({ pod, node }: Evidence, fails: boolean): ReportPod {
  const facts = node.outcome === 'done' && node.facts.unread === undefined ? node.facts : null;
  return {
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid,
    owner: pod.owner,
    ...(pod.job === undefined ? {} : { job: pod.job }),
    node:
      pod.node === null
        ? null
        : {
            name: pod.node,
            platform: facts === null ? null : `${facts.platform.os}/${facts.platform.architecture}`,
            kubelet: facts?.kubelet ?? null,
            runtime: facts?.runtime ?? null,
          },
    phase: pod.phase,
    createdAt: pod.createdAt,
    ...(pod.standsFor === undefined || !fails ? {} : { standsFor: pod.standsFor }),
    ...(pod.heldUp === undefined ? {} : { heldUp: pod.heldUp }),
    ...(pod.nodesApart === undefined ? {} : { nodesApart: pod.nodesApart }),
    ...reportRollout(pod),
  };
}

function reportRollout({ rollout }: Evidence['pod']): Pick<ReportPod, 'rollout'> {
  if (rollout?.revision === undefined || rollout.changes === undefined) return {};
  return { rollout: { revision: rollout.revision, since: rollout.since ?? null, changes: rollout.changes } };
}

function reportImage(evidence: Evidence, verdict: Verdict, causes: CauseTitles): ReportImage {
  const { code, confidence, retry, explanation } = verdict;
  const failingSince = since(evidence, verdict);
  const scope = scopeSentence(evidence, verdict);
  const asked = evidence.registry.outcome === 'done' ? find(evidence.registry.facts.images, verdict) : null;
  return {
    container: verdict.container,
    kind: verdict.kind,
    image: verdict.image,
    reference: verdict.reference,
    state: pullState(evidence, verdict),
    failingSince,
    cause: { code, ...familyAndTitle(causes, code), confidence, retry, explanation, explain: `${pluginCommand} explain ${code}` },
    alternatives: verdict.alternatives.map((alternative) => ({ ...alternative, title: causes[alternative.code].title })),
    evidence: ledger(evidence, verdict),
    fixes: verdict.fixes,
    ...(verdict.also === undefined ? {} : { also: verdict.also }),
    ...(asked === null ? {} : { replay: replayRows(asked) }),
    ...(scope === null ? {} : { scope: { sentence: scope, ...verdict.surroundings } }),
  };
}

function familyAndTitle(causes: CauseTitles, code: CauseCode): { family: CauseFamily; title: string } {
  const { family, title } = causes[code];
  return { family, title };
}

function pullState(evidence: Evidence, verdict: Verdict): PullState {
  return evidence.describe.outcome === 'done' ? (find(evidence.describe.facts.containers, verdict)?.pull ?? 'unknown') : 'unknown';
}

function since(evidence: Evidence, verdict: Verdict): string | null {
  if (pullState(evidence, verdict) !== 'failing' || evidence.events.outcome !== 'done') return null;
  return oldestFailure(eventsOf(evidence.events.facts, verdict));
}

function reportSteps(evidence: Evidence, verdicts: readonly Verdict[], readAnswer: ReadAnswer): ReportStep[] {
  return Object.entries(stepsWith(readAnswer)).map(([key, step]) => {
    const name = key as ReportStep['name'];
    const { status, finding } = step(evidence, verdicts);
    return { name, status, finding: foldLines(finding), milliseconds: name === 'verdict' ? 0 : evidence[name].milliseconds };
  });
}
