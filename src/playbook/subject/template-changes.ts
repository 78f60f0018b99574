import type { RolloutChange } from '../../values/evidence.ts';
import type { RawContainer, RawTemplate } from '../kubernetes.ts';

/** In what a template differs from the one before, as far as it bears on pulling. A container that is new has nothing before. */
export function templateChanges(before: RawTemplate | undefined, after: RawTemplate | undefined): readonly RolloutChange[] {
  const [was, is] = [before?.spec ?? {}, after?.spec ?? {}];
  const ofContainers = containersOf(after).flatMap((container): RolloutChange[] => {
    const old = containersOf(before).find(({ name }) => name === container.name);
    const named = { container: container.name };
    return [
      { what: 'image', ...named, before: old?.image ?? null, after: container.image ?? null },
      {
        what: 'pullPolicy',
        ...named,
        before: old ? (old.imagePullPolicy ?? null) : null,
        after: old ? (container.imagePullPolicy ?? null) : null,
      },
    ];
  });
  const names = (secrets: { readonly name?: string }[] | readonly { readonly name?: string }[] = []) =>
    secrets.flatMap(({ name }) => name ?? []).join(',') || null;
  const labels = (selector: Readonly<Record<string, string>> = {}) =>
    Object.entries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(',') || null;
  const changes: readonly RolloutChange[] = [
    ...ofContainers,
    { what: 'pullSecrets', before: names(was.imagePullSecrets), after: names(is.imagePullSecrets) },
    { what: 'serviceAccount', before: was.serviceAccountName ?? null, after: is.serviceAccountName ?? null },
    { what: 'nodeSelector', before: labels(was.nodeSelector), after: labels(is.nodeSelector) },
  ];
  return changes.filter((change) => change.before !== change.after);
}

function containersOf(template: RawTemplate | undefined): readonly RawContainer[] {
  return [...(template?.spec?.initContainers ?? []), ...(template?.spec?.containers ?? [])];
}
