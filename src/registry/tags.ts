import type { Exchange } from '../values/evidence.ts';
import { parseObject } from '../values/json-object.ts';
import { ask, type Conversation, registryUrl } from './conversation.ts';
import { parseErrors } from './error-body.ts';

export interface TagList {
  readonly tags: readonly string[];
  /** false: cut at a cap, a deadline or a page that failed. */
  readonly complete: boolean;
}

/** `unknown`: the list cannot be had here, which says nothing about the image. */
export type TagsOutcome = { readonly exchanges: readonly Exchange[] } & (
  | { readonly list: TagList }
  | { readonly repository: 'missing' | 'unknown' }
);

const pageLimit = 8 * 1024 * 1024;
const mostPages = 5;
const mostTags = 10_000;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** All tags of the repository, in pages of 1000 (the most that Amazon ECR gives). Only links to the same origin are followed. */
export async function listTags(conversation: Conversation, authorization: string | undefined): Promise<TagsOutcome> {
  const exchanges: Exchange[] = [];
  const tags = new Set<string>();
  const first = registryUrl(conversation, 'tags/list');
  first.searchParams.set('n', '1000');
  const asked = new Set<string>();
  let next: URL | 'refused' | null = first;
  while (next instanceof URL && asked.size < mostPages && tags.size < mostTags && !asked.has(next.href)) {
    asked.add(next.href);
    const reaction = await ask(conversation, { purpose: 'tags', method: 'GET', url: next, authorization, bodyLimit: pageLimit });
    exchanges.push(...reaction.exchanges);
    const page = reaction.answer?.status === 200 && !reaction.answer.truncated ? readPage(reaction.answer.body.toString('utf8')) : null;
    if (!page) {
      if (asked.size > 1) return { exchanges, list: { tags: [...tags], complete: false } };
      return { exchanges, repository: reaction.answer?.status === 404 && deniesRepository(reaction.answer.body) ? 'missing' : 'unknown' };
    }
    for (const tag of page) tags.add(tag);
    next = nextPage(reaction.answer?.headers.link, reaction.url, conversation.origin);
  }
  return { exchanges, list: { tags: [...tags].slice(0, mostTags), complete: next === null && tags.size <= mostTags } };
}

function readPage(body: string): readonly string[] | null {
  const { tags } = parseObject(body) ?? {};
  if (tags === null) return [];
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string' && tagPattern.test(tag)) : null;
}

/** NAME_UNKNOWN, or Harbor's NOT_FOUND about a repository. */
function deniesRepository(body: Buffer): boolean {
  const errors = parseErrors(body.toString('utf8')) ?? [];
  return errors.some(({ code, message }) => code === 'NAME_UNKNOWN' || (code === 'NOT_FOUND' && /\brepository\b/i.test(message)));
}

/** RFC 8288 `<…>; rel="next"`, relative or not. null: this page was the last; `refused`: there is another, and it is not followed. */
function nextPage(link: string | string[] | undefined, page: URL, origin: URL): URL | 'refused' | null {
  const target = /<([^>]{1,4096})>\s*;[^,]*\brel="?next"?/i.exec([link ?? ''].flat().join(', ').slice(0, 8192))?.[1];
  if (target === undefined) return null;
  if (!URL.canParse(target, page)) return 'refused';
  const url = new URL(target, page);
  return url.origin === origin.origin && url.username === '' && url.pathname.startsWith('/v2/') ? url : 'refused';
}
