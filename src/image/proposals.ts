import type { ProposalReason, Reference } from '../values/evidence.ts';
import { editDistance } from './edit-distance.ts';
import { hostsNear } from './host-suggestion.ts';
import { movedTo } from './moved-registries.ts';
import { formatReference, parseReference, repositoryName } from './reference.ts';

/** An image that may have been meant; whether it exists has to be asked. */
export interface Candidate {
  readonly reference: Reference;
  readonly why: ProposalReason;
}

/** An image that is or was in use here. */
export interface UsedImage {
  readonly image: string;
  readonly why: 'in-use' | 'earlier-rollout';
}

const most = 8;

/** What may have been meant by a repository that does not exist, the likeliest first. None of it is known to exist. */
export function candidatesFor(wanted: Reference, used: readonly UsedImage[], hosts: readonly string[]): readonly Candidate[] {
  const at = (registry: string, repository: string, why: ProposalReason): Candidate => ({
    reference: { ...wanted, registry, repository },
    why,
  });
  const moved = movedTo(repositoryName(wanted));
  const candidates = [
    ...(moved ? [at(...splitName(moved), 'moved')] : []),
    ...hostsNear(wanted.registry, hosts).map((host) => at(host, wanted.repository, 'host')),
    ...libraryForms(wanted).map((repository) => at(wanted.registry, repository, 'library')),
    ...likeliestFirst(wanted, used).flatMap((one) => [...sameTag(wanted, one), ...asUsed(wanted, one)]),
    ...separatorForms(wanted.repository).map((repository) => at(wanted.registry, repository, 'separator')),
  ];
  const seen = new Set([formatReference(wanted)]);
  return candidates
    .filter(({ reference }) => {
      const key = formatReference(reference);
      return seen.has(key) || !isValid(reference) ? false : seen.add(key);
    })
    .slice(0, most);
}

/** Whether an image in use is one that this may have been meant for: the same name elsewhere, or nearly the same. */
export function isAlike(wanted: Reference, used: Reference): boolean {
  if (repositoryName(wanted) === repositoryName(used)) return false;
  const [name, other] = [lastPart(wanted), lastPart(used)];
  if (name === other) return true;
  if (wanted.registry !== used.registry) return false;
  if (name.length > 3) return Math.abs(name.length - other.length) <= 2 && editDistance(name, other) <= 2;
  // Short names are alike by chance: here a letter must be missing or too much, and all before it the same.
  return parent(wanted) === parent(used) && Math.abs(name.length - other.length) === 1 && editDistance(name, other) === 1;
}

function parent({ repository }: Reference): string {
  return repository.slice(0, repository.lastIndexOf('/') + 1);
}

function lastPart({ repository }: Reference): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

function splitName(name: string): [string, string] {
  const slash = name.indexOf('/');
  return [name.slice(0, slash), name.slice(slash + 1)];
}

/** Docker Hub's own images lie under library/, which only Docker Hub adds by itself; and some write an owner that there is not. */
function libraryForms({ registry, repository }: Reference): readonly string[] {
  const parts = repository.split('/');
  if (registry !== 'docker.io')
    return parts.length === 1 ? [`library/${repository}`] : parts[0] === 'library' ? [parts.slice(1).join('/')] : [];
  if (parts.length > 2 && parts[0] === 'library') return [parts.slice(1).join('/')];
  return parts.length === 2 && parts[0] === parts[1] ? [`library/${parts[1]}`] : [];
}

/** `-`, `_`, `.`, nothing, and the first `/` are mistaken for one another in the last part of a name. */
function separatorForms(repository: string): readonly string[] {
  const slash = repository.lastIndexOf('/') + 1;
  const [path, name] = [repository.slice(0, slash), repository.slice(slash)];
  if (!/[-_.]/.test(name)) return [];
  const forms = ['-', '_', ''].map((separator) => path + name.replace(/[-_.]+/g, separator));
  return path === '' ? [...forms, name.replace(/[-_.]+/, '/')] : forms;
}

/** What ran before, then what runs from the same registry, then the rest. */
function likeliestFirst(wanted: Reference, used: readonly UsedImage[]): readonly UsedImage[] {
  const rank = ({ image, why }: UsedImage) => (why === 'earlier-rollout' ? 0 : parsed(image)?.registry === wanted.registry ? 1 : 2);
  return used.toSorted((a, b) => rank(a) - rank(b));
}

function sameTag(wanted: Reference, { image, why }: UsedImage): readonly Candidate[] {
  const used = parsed(image);
  if (!used || repositoryName(used) === repositoryName(wanted)) return [];
  return [{ reference: { ...wanted, registry: used.registry, repository: used.repository }, why }];
}

/**
 * Another registry and another tag, or other content than a digest that was pinned, are no correction of a name: only the workload's own
 * past is worth it.
 */
function asUsed(wanted: Reference, { image, why }: UsedImage): readonly Candidate[] {
  const used = parsed(image);
  if (!used) return [];
  const corrects = used.registry === wanted.registry && used.repository !== wanted.repository && wanted.digest === null;
  return why === 'earlier-rollout' || corrects ? [{ reference: used, why }] : [];
}

function parsed(image: string): Reference | null {
  const read = parseReference(image);
  return 'reference' in read ? read.reference : null;
}

function isValid(reference: Reference): boolean {
  return parsed(`${repositoryName(reference)}:x`) !== null;
}
