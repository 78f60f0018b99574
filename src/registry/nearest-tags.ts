import { editDistance } from '../image/edit-distance.ts';

interface Version {
  readonly prefix: string;
  readonly numbers: readonly number[];
  readonly suffix: string;
}

/** Signatures, attestations and build caches live among the tags; nobody runs them. */
const noImage = /^sha256-[0-9a-f]{64}|^build-?cache$|-cache$/i;
const preRelease = /(?:^|[^a-z])(?:rc|alpha|beta|dev|pre|preview|snapshot|nightly|canary)(?:[^a-z]|$)/i;

/** Further edits are not counted: a registry may name ten thousand tags, each of 128 characters. */
const mostSuffixEdits = 12;
const mostSpellingEdits = 6;

const byNumbers = new Intl.Collator('en', { numeric: true });

/** A rank: the kind of likeness first (lower is nearer), then what orders within it. */
type Rank = readonly number[];

/** The tags most like one that is missing, the likeliest first, at most `most`. */
export function nearestTags(wanted: string, tags: readonly string[], most = 3): readonly string[] {
  const nearest: Ranked[] = [];
  for (const tag of tags) {
    const rank = noImage.test(tag) || tag === wanted ? null : likeness(wanted, tag);
    if (!rank) continue;
    const place = nearest.findIndex((other) => isNearer({ tag, rank }, other));
    nearest.splice(place < 0 ? nearest.length : place, 0, { tag, rank });
    nearest.length = Math.min(nearest.length, most);
  }
  return nearest.map(({ tag }) => tag);
}

interface Ranked {
  readonly tag: string;
  readonly rank: Rank;
}

/** Of equals the higher number. */
function isNearer(one: Ranked, other: Ranked): boolean {
  const difference = compareNumbers(one.rank, other.rank);
  return difference < 0 || (difference === 0 && byNumbers.compare(one.tag, other.tag) > 0);
}

/** The highest version among the tags, final releases first; without any version `latest`, where that is there. */
export function newestTag(tags: readonly string[]): string | null {
  const versions = tags
    .filter((tag) => !noImage.test(tag))
    .flatMap((tag) => {
      const version = parseVersion(tag);
      return version ? [{ tag, version }] : [];
    });
  const dotted = versions.filter(({ version }) => version.numbers.length > 1);
  const plain = dotted.filter(({ version }) => version.suffix === '' && /^v?$/i.test(version.prefix));
  const final = dotted.filter(({ tag }) => !preRelease.test(tag));
  const pool = [plain, final, dotted, versions].find((candidates) => candidates.length > 0) ?? [];
  const newest = pool.reduce<(typeof pool)[number] | null>(
    (best, next) => (best && compareNumbers(best.version.numbers, next.version.numbers) >= 0 ? best : next),
    null,
  );
  return newest?.tag ?? (tags.includes('latest') ? 'latest' : null);
}

function likeness(wanted: string, tag: string): Rank | null {
  if (tag.toLowerCase() === wanted.toLowerCase()) return [1];
  if (withoutV(tag) === withoutV(wanted)) return [2];
  if (unified(tag) === unified(wanted)) return [3];
  return versionLikeness(parseVersion(wanted), parseVersion(tag)) ?? commitLikeness(wanted, tag) ?? spellingLikeness(wanted, tag);
}

function versionLikeness(wanted: Version | null, version: Version | null): Rank | null {
  if (!wanted || !version || wanted.prefix.replace(/v$/i, '') !== version.prefix.replace(/v$/i, '')) return null;
  const extends_ =
    version.numbers.length > wanted.numbers.length && wanted.numbers.every((number, index) => version.numbers[index] === number);
  const sameSuffix = version.suffix === wanted.suffix;
  if (extends_ && sameSuffix) return [4, ...version.numbers.map((number) => -number)];
  const same = compareNumbers(version.numbers, wanted.numbers) === 0;
  if (same) return [5, editDistance(version.suffix, wanted.suffix, mostSuffixEdits)];
  if (!sameSuffix || (preRelease.test(version.suffix) && !preRelease.test(wanted.suffix))) return null;
  const differs = wanted.numbers.findIndex((number, index) => version.numbers[index] !== number);
  const position = differs < 0 ? wanted.numbers.length : differs;
  const gap = (version.numbers[position] ?? 0) - (wanted.numbers[position] ?? 0);
  // A later place that differs is nearer; then the smaller step; then downwards, which exists more often than it is typed.
  return [
    6,
    -position,
    Math.abs(gap),
    gap > 0 ? 1 : 0,
    ...version.numbers.slice(position + 1).map((number) => (gap > 0 ? number : -number)),
  ];
}

/** `sha-1a2b3c4`, `git-…`, bare hashes: one may be the beginning of the other. */
function commitLikeness(wanted: string, tag: string): Rank | null {
  const [a, b] = [wanted, tag].map((text) => /^(?:sha-|git-|g)?([0-9a-f]{7,64})$/i.exec(text)?.[1]?.toLowerCase());
  return a && b && (a.startsWith(b) || b.startsWith(a)) ? [7] : null;
}

function spellingLikeness(wanted: string, tag: string): Rank | null {
  const most = Math.max(1, Math.min(mostSpellingEdits, Math.floor(wanted.length / 5)));
  const distance = editDistance(wanted, tag, most);
  return distance <= most ? [9, distance] : null;
}

function parseVersion(tag: string): Version | null {
  const match = /^([a-z][a-z_-]*?[-_]?v?|v)?(\d{1,9}(?:\.\d{1,9}){0,3})(?![\da-f]{6})(.*)$/i.exec(tag);
  if (!match) return null;
  return { prefix: match[1] ?? '', numbers: (match[2] ?? '').split('.').map(Number), suffix: match[3] ?? '' };
}

function withoutV(tag: string): string {
  return tag.toLowerCase().replace(/^v(?=\d)/, '');
}

function unified(tag: string): string {
  return withoutV(tag).replace(/[._-]+/g, '.');
}

function compareNumbers(a: Rank, b: Rank): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
