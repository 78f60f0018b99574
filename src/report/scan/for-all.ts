import type { CauseGroup } from '../../values/group.ts';
import type { Fix } from '../../values/verdict.ts';
import { withoutReach } from '../../words/kubectl.ts';
import { list } from '../../words/text.ts';

/** Longest list of nodes in a sentence; `nodes` has them all. */
const named = 4;

/**
 * What was said about one pod, made to fit all of its group: the other nodes are named, and a sentence that is true of that pod alone says
 * so.
 */
export function forAll({
  explanation,
  saidOfAll,
  fixes,
  members,
  example,
  reachedBy,
}: CauseGroup): Pick<CauseGroup, 'explanation' | 'fixes'> {
  const others = [...new Set(members.flatMap(({ node }) => node ?? []))].filter((node) => node !== example.node).sort();
  const mentions = (text: string) => example.node !== null && others.length > 0 && hasWord(text, example.node);
  const more = saidOfAll && mentions(explanation) ? ` The same holds for ${list(others, named)}.` : '';
  return {
    explanation: saidOfAll ? `${explanation}${more}` : `Pod ${example.namespace}/${example.pod}, for example: ${explanation}`,
    fixes: fixes.map((fix, index) => {
      const title = index === 0 ? asFirst(fix) : fix.title;
      const isForOne = mentions([title, ...fix.commands.map((command) => withoutReach(command, reachedBy))].join('\n'));
      return { ...fix, title: isForOne ? `${title}; the like for ${list(others, named)}` : title };
    }),
  };
}

/** `then wait` follows something. */
function asFirst({ title }: Fix): string {
  return title.replace(/^(?:then|or) /, '');
}

function hasWord(text: string, word: string): boolean {
  return text.split(/[^\w.-]+/).some((part) => part.replace(/[.-]+$/, '') === word);
}
