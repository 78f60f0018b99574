import type { Credential } from '../../image/keyring.ts';
import { type Candidate, candidatesFor, type UsedImage } from '../../image/proposals.ts';
import { formatReference, repositoryName } from '../../image/reference.ts';
import type { ImageAnswers } from '../../registry/inspect-image.ts';
import type { Attempt, ImageSpec, Proposal, Reference } from '../../values/evidence.ts';

import { usesPullSecrets } from '../../values/pull-secret-use.ts';

/** Where proposals come from, and how it is known that they exist. */
export interface ProposalSources {
  /** Images in use here that are like this one, and the one of the rollout before: asked only where the name seems wrong. */
  used(image: ImageSpec): Promise<readonly UsedImage[]>;
  /** Hosts of registries that are known to serve this cluster. */
  readonly hosts: readonly string[];
  /** The logins that the kubelet would try for an image, and for no other host. */
  logins(reference: Reference): readonly Credential[];
}

export type Exists = (reference: Reference, logins: readonly Credential[]) => Promise<boolean>;

const most = 3;

/** Images that may have been meant, each found at its registry just now. Empty where the name does not seem to be wrong. */
export async function propose(
  image: ImageSpec,
  answers: ImageAnswers,
  sources: ProposalSources,
  exists: Exists,
): Promise<readonly Proposal[]> {
  if (!image.reference) return [];
  const candidates = seemsMistaken(answers)
    ? candidatesFor(image.reference, await sources.used(image), sources.hosts)
    : isNotReached(answers)
      ? candidatesFor(image.reference, [], sources.hosts).filter(({ why }) => why === 'host')
      : [];
  const logins = (reference: Reference) => (usesPullSecrets(image.kind) ? sources.logins(reference) : []);
  const found = await Promise.all(candidates.map(({ reference }) => exists(reference, logins(reference))));
  const served = candidates.filter((_, index) => found[index]);
  return eachRepositoryOnce(served).map(proposal).slice(0, most);
}

/** With the tag that was asked for, where it is there; it comes first. */
function eachRepositoryOnce(candidates: readonly Candidate[]): readonly Candidate[] {
  const names = candidates.map(({ reference }) => repositoryName(reference));
  return candidates.filter((_, index) => names.indexOf(names[index] ?? '') === index);
}

function proposal({ reference, why }: Candidate): Proposal {
  return { reference: formatReference(reference), why, verified: true };
}

/** The repository is denied or missing, its host unknown or no registry, or it has no tag that comes near. */
function seemsMistaken({ attempts, tags }: ImageAnswers): boolean {
  if (attempts.length === 0 || attempts.some(({ result }) => result === 'found')) return false;
  if (attempts.some(({ result }) => result === 'manifest-unknown')) return tags !== null && tags.nearest.length === 0;
  return attempts.every(leavesNameOpen);
}

/** Nobody answers there: the host or its port may be the mistake, and nothing else of the name. */
function isNotReached({ attempts }: ImageAnswers): boolean {
  return attempts.length > 0 && attempts.every(({ result }) => result === 'unreachable');
}

function leavesNameOpen({ result, exchanges, credential }: Attempt): boolean {
  if (result === 'unreachable')
    return credential !== null || exchanges.some(({ fault }) => fault?.layer === 'dns' || fault?.layer === 'proxy');
  return !['rate-limited', 'unavailable', 'refused-to-send', 'not-asked'].includes(result);
}
