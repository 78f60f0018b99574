import type { Fix } from '../../values/verdict.ts';
import { isOnCloudOf } from '../node-identity.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { ImageView } from '../view.ts';

/** The registry's cloud lets the nodes pull by their own identity; null: it has no such way. */
export function nodeAccess(view: ImageView): Fix | null {
  const access = registryProfile(view.spec?.reference ?? null).nodeAccess;
  return access ? { title: access.title, commands: access.commands } : null;
}

/** On the registry's own cloud the nodes' identity is the lasting answer; elsewhere it is none. */
export function orderedByCloud(view: ImageView, access: Fix | null, secret: readonly Fix[]): Fix[] {
  if (!access) return [...secret];
  const cloud = registryProfile(view.spec?.reference ?? null).nodeAccess;
  return cloud && isOnCloudOf(cloud, view) === false ? [...secret] : [access, ...secret];
}
