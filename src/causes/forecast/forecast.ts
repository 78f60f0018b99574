import { matchesPlatform } from '../../image/platform.ts';
import type { CheckEvidence } from '../../values/check.ts';
import type { ImageRegistryFacts, NodePlatform, Reference } from '../../values/evidence.ts';
import type { Forecast } from '../../values/forecast.ts';
import type { Verdict } from '../../values/verdict.ts';
import { verifiesByDefault } from '../kubelet-config.ts';
import { viewsOf } from '../views.ts';
import { withCircumstances } from './circumstances.ts';
import { forecastPull } from './pull.ts';
import { ok } from './result.ts';

/** What to expect of the pull of an image, from the evidence of a check. Pure. */
export function forecast(check: CheckEvidence): Forecast {
  return withCircumstances(check, ofPull(check));
}

function ofPull({ evidence, nodes, presence }: CheckEvidence): Forecast {
  const [view] = viewsOf(evidence);
  if (!view) throw new Error('a check is about one image');
  const places = 'value' in nodes ? { nodes: nodes.value, cut: nodes.cut === true } : { nodes: [], cut: false };
  const { result, finding } = isToBeHad(presence, view.spec?.reference ?? null) ? ok : forecastPull(view, places);
  const verdict: Verdict = {
    container: view.container.container,
    kind: view.container.kind,
    image: view.container.image,
    reference: view.spec?.reference ?? null,
    code: finding?.code ?? (result === 'ok' ? 'none' : 'unknown'),
    // Nothing that speaks against it is no proof.
    confidence: finding?.confidence ?? (result === 'ok' ? 'likely' : 'possible'),
    retry: 'never',
    alternatives: finding?.alternatives ?? [],
    explanation: '',
    fixes: [],
  };
  return { result, verdict, unfit: unfitNodes(view.registry?.manifest ?? null, places.nodes), nodeIdentity: null };
}

/**
 * What is never pulled is on every node that the pod may run on. From 1.35 on a kubelet may keep it from a pod that has not the credential
 * it was pulled with; an image of localhost was not pulled.
 */
function isToBeHad(presence: CheckEvidence['presence'], reference: Reference | null): boolean {
  if (!presence || !reference || presence.cut || presence.on.length === 0 || presence.notSeenOn.length > 0) return false;
  return reference.registry === 'localhost' || !presence.kubelets.some(verifiesByDefault);
}

/** An image that does not say all that it is for may fit anywhere. */
function unfitNodes(manifest: ImageRegistryFacts['manifest'], nodes: readonly NodePlatform[]): readonly string[] {
  if (!manifest || manifest.platforms.length === 0 || manifest.morePlatforms) return [];
  return nodes.filter(({ platform }) => !manifest.platforms.some((one) => matchesPlatform(platform, one))).map(({ name }) => name);
}
