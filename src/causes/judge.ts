import type { CauseCode, Retry } from '../values/cause-code.ts';
import type { Evidence } from '../values/evidence.ts';
import type { Fix, NextFault, Verdict } from '../values/verdict.ts';
import { sentences } from '../words/text.ts';
import { isMended, mendedSince, notPulledYet, providerFailed, pulledAlthoughPresent } from './catalogue/circumstances.ts';
import { endedBefore } from './catalogue/ended.ts';
import { catalogue } from './catalogue.ts';
import { hasEnded, otherHost } from './facts.ts';
import { alwaysSentence, withImageOnNode } from './fix/always.ts';
import { rightHost } from './fix/right-host.ts';
import { isOfTemplate, undoRollout } from './fix/rollout.ts';
import { retryNow } from './fix/workload.ts';
import { afterPull } from './rules/after-pull.ts';
import { failing } from './rules/failing.ts';
import { nextFault } from './rules/foretold.ts';
import { waiting } from './rules/waiting.ts';
import { surroundings } from './surroundings/surroundings.ts';
import type { Finding, ImageView } from './view.ts';
import { viewsOf } from './views.ts';

/** One verdict for each image of the pod, the sandbox's last. Pure: the same evidence gives the same verdict anywhere. */
export function judge(evidence: Evidence): readonly Verdict[] {
  return viewsOf(evidence).map((view) => verdictOf(view, conclude(view)));
}

/** The rules' conclusion about one image, before it is put into words. */
export function conclude(view: ImageView): Finding {
  if (view.container.pull === 'failing') return failing(view);
  return view.container.pull === 'pulled' ? afterPull(view) : waiting(view);
}

/** A conclusion in words, with what mends it. */
export function verdictOf(view: ImageView, finding: Finding): Verdict {
  const entry = catalogue[finding.code];
  const retry = finding.retry ?? entry.retry;
  const next = nextFault(view, finding);
  const other = otherHost(view);
  const around = surroundings(view, finding);
  return {
    container: view.container.container,
    kind: view.container.kind,
    image: view.container.image,
    reference: view.spec?.reference ?? null,
    ...(other !== null && { otherHost: other }),
    code: finding.code,
    confidence: finding.confidence,
    retry: view.container.pull === 'failing' && hasEnded(view) ? 'never' : retry,
    alternatives: distinct(finding),
    explanation: sentences(
      notPulledYet(view),
      endedBefore(view) ?? mendedSince(view, retry),
      entry.explanation(view),
      rightHost(view, finding.code)?.sentence ?? null,
      pulledAlthoughPresent(view, entry.family),
      alwaysSentence(view, entry.family),
      providerFailed(view, entry.family),
    ),
    fixes: fixesOf(view, finding.code, retry),
    ...(next && { also: [inWords(view, next)] }),
    ...(around && { surroundings: around }),
  };
}

function inWords(view: ImageView, { code, confidence }: Finding): NextFault {
  const { explanation, fixes } = catalogue[code];
  return { code, confidence, explanation: explanation(view), fixes: fixes(view) };
}

/** What serves its users again comes first, then what mends it; what may serve them comes last. */
function fixesOf(view: ImageView, code: CauseCode, retry: Retry): readonly Fix[] {
  const { family, fixes } = catalogue[code];
  if (retry === 'now') {
    const wait = retryNow(view, 'wait');
    return isMended(view, family) ? [wait] : [wait, ...fixes(view).filter(({ title }) => title !== wait.title)];
  }
  const mended = withImageOnNode(view, code, family, [...(rightHost(view, code)?.fixes ?? []), ...fixes(view)]);
  const undo = isOfTemplate(code, family) && view.container.pull === 'failing' ? undoRollout(view, code) : null;
  if (undo === null) return mended;
  const { ran, ...fix } = undo;
  return ran ? [fix, ...mended] : [...mended, fix];
}

/** The text and the rules may leave the same cause open: the first to name it says how to tell. */
function distinct({ code, alternatives }: Finding): Verdict['alternatives'] {
  return alternatives.filter((item, index) => item.code !== code && alternatives.findIndex((other) => other.code === item.code) === index);
}
