import type { NameMistake, SuggestedImage } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip } from '../../words/text.ts';
import type { ImageView } from '../view.ts';
import { setImage } from './workload.ts';

/** The name that was put forward for an invalid one, with what its registry said of it. */
export function useSuggestion(view: ImageView): Fix {
  const suggestion = view.spec?.invalid?.suggestion ?? null;
  if (suggestion === null) return setImage(view, null, 'use a valid image name');
  const answer = suggestedImage(view, suggestion);
  const corrected = 'use the name without the mistake';
  const tag = tagOf(suggestion);
  switch (answer?.result) {
    case 'found':
      return setImage(view, suggestion, `${corrected}, which the registry has`);
    case 'manifest-unknown': {
      if (tag === '') return setImage(view, suggestion, `${corrected}; the registry has the repository, and not this image of it`);
      const [nearest] = answer.nearest;
      const repository = suggestion.slice(0, -tag.length - 1);
      const missing = `the registry has no ${clip(tag)}`;
      return nearest === undefined
        ? setImage(view, `${repository}:TAG`, `${corrected}, with a tag that exists: ${missing}`)
        : setImage(view, `${repository}:${nearest}`, `${corrected}, with the nearest tag, ${clip(nearest)}: ${missing}`);
    }
    case 'repository-unknown':
    case 'not-found':
      return setImage(view, null, 'correct the name: without the mistake, the registry does not have it either');
    default:
      return setImage(view, suggestion, `${corrected} (not checked whether the registry has it)`);
  }
}

/** What can be done about a name of which only the mistake is known. */
export function mendName(view: ImageView, mistake: NameMistake): readonly Fix[] {
  const { repository } = mistake;
  if (mistake.what === 'digest-length')
    return [setImage(view, `${repository}@${mistake.algorithm}:DIGEST`, `write all ${mistake.wanted} digits of the digest`)];
  return mistake.tags.map((tag, index) =>
    setImage(view, `${repository}:${tag}`, `${index === 0 ? 'use one of the two tags' : 'or the other'}, ${clip(tag)}`),
  );
}

function suggestedImage({ evidence, container }: ImageView, suggestion: string): SuggestedImage | null {
  const { registry } = evidence;
  const suggested = registry.outcome === 'done' ? (registry.facts.suggested ?? []) : [];
  const own = (one: SuggestedImage) => one.container === container.container && one.kind === container.kind && one.reference === suggestion;
  return suggested.find(own) ?? null;
}

/** The tag of a name without digest; empty where it has none. */
function tagOf(name: string): string {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') && !name.includes('@') ? name.slice(colon + 1) : '';
}
