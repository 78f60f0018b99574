import { isAlike } from '../../image/proposals.ts';
import { parseReference } from '../../image/reference.ts';
import type { Neighbours, Reference } from '../../values/evidence.ts';

const most = 5;

/** Images that work here and whose name is like that of one that fails: each once. Nothing where there is none. */
export function alikeImages(
  wanted: Reference | null,
  uses: readonly { readonly name: string; readonly pod: string; readonly works: boolean }[],
): Pick<Neighbours, 'alike'> {
  if (!wanted) return {};
  const working = new Map(uses.flatMap(({ name, pod, works }) => (works ? [[name, pod] as const] : [])));
  const name = lastPart(wanted.repository);
  const alike = [...working].flatMap(([image, pod]) => {
    // Many thousand images may be in use: most are out of the question by the length of their names.
    if (Math.abs(lastPart(image).length - name.length) > 2) return [];
    const parsed = parseReference(image);
    return 'reference' in parsed && isAlike(wanted, parsed.reference) ? [{ image, pod }] : [];
  });
  return alike.length === 0 ? {} : { alike: alike.slice(0, most) };
}

/** The end of a full name, without tag and digest. */
function lastPart(name: string): string {
  const end = name.slice(name.lastIndexOf('/') + 1);
  return end.split('@', 1)[0]?.split(':', 1)[0] ?? end;
}
