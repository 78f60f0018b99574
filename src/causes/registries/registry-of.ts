import type { Reference } from '../../values/evidence.ts';
import { shellQuote } from '../../words/shell.ts';
import type { ImageView } from '../view.ts';
import { clouds } from './clouds.ts';
import { kindByAnswers, type RegistryHabits, registryHabits } from './habits.ts';
import type { RegistryProfile } from './profile.ts';
import { vendors } from './vendors.ts';

/** How the registry of this image means its refusals: known by its host, else by what its answers betray. */
export function habitsOf(view: ImageView): RegistryHabits {
  const { kind } = registryProfile(view.spec?.reference ?? null);
  return registryHabits(kind === 'other' ? (kindByAnswers(view.registry?.attempts ?? []) ?? kind) : kind);
}

/** What is known of the registry of this image. Works without one: then everything is a placeholder. */
export function registryProfile(reference: Reference | null): RegistryProfile {
  const subject = reference ?? { registry: 'REGISTRY', repository: 'REPOSITORY', tag: null, digest: null };
  return { ...plain(subject), ...special(subject) };
}

function special(reference: Reference): Partial<RegistryProfile> {
  for (const rule of [...clouds, ...vendors]) {
    const match = rule.host.exec(reference.registry);
    if (match) return rule.profile(reference, match);
  }
  return {};
}

function plain(reference: Reference): RegistryProfile {
  return {
    kind: 'other',
    name: reference.registry === 'REGISTRY' ? 'the registry' : reference.registry,
    server: reference.registry,
    username: 'USERNAME',
    password: 'PASSWORD',
    credential: 'a user or robot account that may pull from the repository',
    lifetimeHours: null,
    publicOnly: false,
    listTags: `skopeo list-tags ${shellQuote(`docker://${reference.registry}/${reference.repository}`)}`,
    grant: null,
    nodeAccess: null,
  };
}
