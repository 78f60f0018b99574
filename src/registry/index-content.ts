import type { Exchange, Platform } from '../values/evidence.ts';
import { readManifest } from './ask-manifest.ts';
import { checkBlobs } from './blobs.ts';
import type { Trial } from './conclusion.ts';
import type { ContentFacts, ManifestFacts } from './content.ts';
import type { Conversation } from './conversation.ts';
import { chooseEntry, type IndexEntry, type Manifest, sizeOf } from './manifest.ts';

const usualPlatform: Platform = { os: 'linux', architecture: 'amd64' };

/** Indexes within indexes, beyond which nobody is taken. */
const deepest = 4;

/** An index, or several one within the other, and the way through them that a runtime on the node takes. */
interface Way {
  readonly platforms: readonly Platform[];
  /** Entries that were not followed name no platform, or there are more than were read. */
  readonly morePlatforms: boolean;
  readonly nested: boolean;
  /** The image at its end; null: no entry is for the node's platform. */
  readonly entry: IndexEntry | null;
  /** null: it could not be read. */
  readonly image: Manifest | null;
  readonly exchanges: readonly Exchange[];
}

/**
 * What an index holds for the node: the image that its runtime would choose, through an index within it where that is what it chooses, as
 * containerd does (core/images/image.go, Manifest). Where no one platform is asked for, one image of the index stands for the others.
 */
export async function readIndex(conversation: Conversation, trial: Trial, index: Manifest, node: Platform | null): Promise<ContentFacts> {
  const way = await follow(conversation, trial, index, node, 1);
  const facts: ManifestFacts = {
    mediaType: index.mediaType,
    digest: index.digest,
    platforms: way.platforms,
    ...(way.morePlatforms && { morePlatforms: true }),
    ...(way.nested && { nested: true }),
    configMediaType: null,
    size: null,
  };
  // It is for none of the node's platform, which is all there is to say of it.
  if (way.entry === null) return { manifest: facts, blob: null, exchanges: way.exchanges };
  const isUnnamed = way.entry.platform === null;
  if (!way.image) return { manifest: { ...facts, ...(isUnnamed && more), unread: 'image' }, blob: null, exchanges: way.exchanges };
  // What the index does not say of an image its config does.
  const { blob, platform, exchanges } = await checkBlobs(conversation, trial, way.image, isUnnamed);
  return {
    manifest: {
      ...facts,
      ...(platform ? { platforms: [...facts.platforms, platform] } : isUnnamed && more),
      configMediaType: way.image.config?.mediaType ?? null,
      size: node && sizeOf(way.image),
      ...(node ? {} : { sample: true }),
    },
    blob,
    exchanges: [...way.exchanges, ...exchanges],
  };
}

const more = { morePlatforms: true } as const;

/**
 * Of nodes that are not known: the image of most of them, else one that says what it is for, as whoever adds something else to an index may
 * not.
 */
function standIn(entries: readonly IndexEntry[]): IndexEntry | null {
  const named = entries.filter(({ platform }) => platform !== null);
  return chooseEntry(named, usualPlatform) ?? named[0] ?? entries[0] ?? null;
}

async function follow(conversation: Conversation, trial: Trial, index: Manifest, node: Platform | null, depth: number): Promise<Way> {
  const entries = index.children ?? [];
  const entry = node ? chooseEntry(entries, node) : standIn(entries);
  const own = {
    platforms: entries.flatMap(({ platform }) => platform ?? []),
    morePlatforms: index.isCut || entries.some((other) => other !== entry && other.platform === null),
  };
  if (entry === null) return { ...own, nested: false, entry, image: null, exchanges: [] };
  const { reaction, manifest } = await readManifest(conversation, trial.authorization, entry.digest);
  const { exchanges } = reaction;
  if (!manifest?.children) return { ...own, nested: false, entry, image: manifest, exchanges };
  if (depth === deepest) return { ...own, nested: true, entry, image: null, exchanges };
  const inner = await follow(conversation, trial, manifest, node, depth + 1);
  const beside = entries.filter((other) => other !== entry).flatMap(({ platform }) => platform ?? []);
  return {
    ...inner,
    platforms: [...beside, ...inner.platforms],
    morePlatforms: own.morePlatforms || inner.morePlatforms,
    nested: true,
    exchanges: [...exchanges, ...inner.exchanges],
  };
}
