import { clean } from '../../causes/reader/clean.ts';
import { lift } from '../../causes/reader/lift.ts';
import { cutMiddle } from '../../report/escape.ts';

/** Room for every message of a runtime; a longer one is cut in the middle. */
const longest = 1200;

/** Words behind which a name stands, whatever it looks like. */
const beforeName =
  /\b(users?|username|account|principal|identity|tenant|project|namespace|organi[sz]ation|cluster|node|host|hostname|pod|container|secret|bucket|role|email)(["']?(?:[:=] ?| )["']?)(?!(?:the|a|an|this|image|name|failed|error|errors|request|pull|is|was|has|does|not|of|to|in|on|for|with|and|or)\b)([\w.@+-]{1,200})/gi;

/**
 * The message with everything private left out: images, hosts, addresses, paths, digests, people, and whatever looks like a key. What is
 * left is what the program that spoke says itself.
 */
export function redact(message: string): string {
  const lifted = lift(clean(message)).text;
  const bare = lifted
    .replace(/\b(bearer|basic) \S+/gi, '$1 ‹secret›')
    .replace(/[^\s@]{0,256}@\S{0,256}/g, '‹name›')
    .replace(/\barn:[^\s"']{1,512}/g, '‹name›')
    .replace(beforeName, (whole, word, between, name) => (/^[A-Z][A-Za-z]+$/.test(name) ? whole : `${word}${between}‹name›`))
    .replace(/(?<![‹\w])(?=[\w+/=-]{0,512}\d)[\w+/=-]{16,512}/g, '‹secret›')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '‹address›');
  return cutMiddle(bare, longest);
}
