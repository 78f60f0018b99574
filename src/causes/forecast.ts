import { matchesPlatform } from '../image/platform.ts';
import type { CheckEvidence } from '../values/check.ts';
import type { NodePlatform, Platform } from '../values/evidence.ts';
import type { Verdict } from '../values/verdict.ts';
import { type Forecast, foresee } from './foresee.ts';
import { viewsOf } from './views.ts';

export interface Foreseen extends Forecast {
  /** As far as the report's sentences need one. */
  readonly verdict: Verdict;
  /** Nodes of those that the pod could run on for whose platform there is no image. */
  readonly unfit: readonly string[];
}

/** What to expect of the pull of an image, from the evidence of a check. Pure. */
export function forecast({ evidence, nodes }: CheckEvidence): Foreseen {
  const [view] = viewsOf(evidence);
  if (!view) throw new Error('a check is about one image');
  const places = 'value' in nodes ? nodes.value : [];
  const { result, finding } = foresee(view, places);
  const verdict: Verdict = {
    container: view.container.container,
    kind: view.container.kind,
    image: view.container.image,
    reference: view.spec?.reference ?? null,
    code: finding?.code ?? (result === 'ok' ? 'none' : 'unknown'),
    confidence: finding?.confidence ?? 'certain',
    retry: 'never',
    alternatives: finding?.alternatives ?? [],
    explanation: '',
    fixes: [],
  };
  return { result, finding, verdict, unfit: unfitNodes(view.registry?.manifest?.platforms ?? [], places) };
}

/** An image that does not say what it is for fits anywhere. */
function unfitNodes(offered: readonly Platform[], nodes: readonly NodePlatform[]): readonly string[] {
  if (offered.length === 0) return [];
  return nodes.filter(({ platform }) => !offered.some((one) => matchesPlatform(platform, one))).map(({ name }) => name);
}
