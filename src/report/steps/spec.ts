import type { Evidence, ImageSpec, SpecFacts } from '../../values/evidence.ts';
import { factsOf } from '../../values/facts-of.ts';
import type { Verdict } from '../../values/verdict.ts';
import { mistakeWords } from '../../words/name-mistake.ts';
import { list, quote } from '../../words/text.ts';
import { cutEnd } from '../escape.ts';
import { describeObstacle, factsOrRow, find, forEachImage, ok, problem, type StepFinding, type StepReport } from './finding.ts';

/** What was asked for: the name and what was added to it, the pull policy, the pull secrets. */
export const spec: StepReport = (evidence, verdicts) => {
  const read = factsOrRow(evidence.spec);
  if ('row' in read) return read.row;
  const row = forEachImage(
    verdicts,
    (verdict) => {
      const image = find(read.facts.images, verdict);
      return image === null ? null : name(image, verdict, read.facts.unread !== undefined);
    },
    { nothing: ok('no image of the spec is concerned') },
  );
  const rest = [pullSecrets(evidence, read.facts), selector(read.facts)].filter((part) => part !== '');
  return { status: row.status, finding: [row.finding, ...rest].join('; ') };
};

/** The name of one image: whether it is well formed, and what it means. */
export function nameClause({ spec }: Evidence, verdict: Verdict): string {
  const image = find(factsOf(spec)?.images ?? [], verdict);
  return image === null ? '' : name(image, verdict, true).finding;
}

function name(image: ImageSpec, verdict: Verdict, unread: boolean): StepFinding {
  if (image.invalid !== null) {
    const { message, suggestion, mistake } = image.invalid;
    const right = suggestion === null ? '' : `; write ${cutEnd(suggestion, 200)}`;
    const what = mistake === undefined ? '' : `; ${cutEnd(mistakeWords(mistake), 200)}`;
    return problem(`the name is not well formed: ${quote(cutEnd(message, 200))}${what}${right}`);
  }
  const meaning =
    image.reference === null || image.defaults.length === 0 ? 'the name is well formed' : `the name means ${canonical(image)}`;
  if (unread) return ok(meaning);
  const policy = `pull policy ${image.pullPolicy}`;
  return verdict.code === 'never-pull' ? problem(`${meaning}; ${policy}: the kubelet must not pull it`) : ok(`${meaning}; ${policy}`);
}

function canonical(image: ImageSpec): string {
  const { reference } = image;
  if (reference === null) return image.image;
  const tag = reference.tag === null ? '' : `:${reference.tag}`;
  const digest = reference.digest === null ? '' : `@${reference.digest}`;
  return cutEnd(`${reference.registry}/${reference.repository}${tag}${digest}`, 200);
}

function pullSecrets({ pod }: Evidence, facts: SpecFacts): string {
  // The step secrets says so.
  if (facts.unread !== undefined) return '';
  if (facts.pullSecrets.length > 0) return `pull ${facts.pullSecrets.length === 1 ? 'secret' : 'secrets'} ${list(facts.pullSecrets)}`;
  if ('obstacle' in facts.serviceAccount)
    return `no pull secret (service account ${pod.serviceAccount}: ${describeObstacle(facts.serviceAccount.obstacle)})`;
  const { name: account, pullSecrets: later } = facts.serviceAccount.value;
  if (later.length === 0) return 'no pull secret';
  return `no pull secret: service account ${account} has ${list(later)}, which a pod gets only when it is created`;
}

/** Only what narrows the choice of platform can matter to a pull. */
function selector(facts: SpecFacts): string {
  const platform = Object.entries(facts.nodeSelector).filter(([key]) => /(^|\/)(arch|os)$/.test(key));
  return platform.length === 0 ? '' : `node selector ${platform.map(([key, value]) => `${key}=${value}`).join(',')}`;
}
