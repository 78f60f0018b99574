import type { CheckEvidence } from '../../values/check.ts';
import type { CredentialName } from '../../values/evidence.ts';

/** Without those keys as misspelt ones that serve another of the images: they are as they should be. */
export function withoutServingKeys(checks: readonly CheckEvidence[]): readonly CheckEvidence[] {
  const serving = new Set(
    checks.flatMap(({ namespace, evidence: { secrets } }) => {
      const images = secrets.outcome === 'done' ? secrets.facts.images : [];
      return images.flatMap(({ tries }) => tries.map((login) => idOf(namespace, login)));
    }),
  );
  return checks.map((check) => {
    const { secrets } = check.evidence;
    if (secrets.outcome !== 'done') return check;
    const images = secrets.facts.images.map((image) =>
      image.nearest && serving.has(idOf(check.namespace, image.nearest)) ? { ...image, nearest: null } : image,
    );
    return { ...check, evidence: { ...check.evidence, secrets: { ...secrets, facts: { ...secrets.facts, images } } } };
  });
}

function idOf(namespace: string, { secret, key }: Pick<CredentialName, 'secret' | 'key'>): string {
  return JSON.stringify([namespace, secret, key]);
}
