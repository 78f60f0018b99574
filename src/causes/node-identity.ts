import { theNode } from './facts.ts';
import type { NodeAccess } from './registries/profile.ts';
import { registryProfile } from './registries/registry-of.ts';
import type { ImageView } from './view.ts';

/** Whether the node is of the registry's own cloud; null: the node does not say. */
export function isOnCloudOf({ providers }: NodeAccess, view: ImageView): boolean | null {
  const provider = view.node?.provider ?? null;
  if (provider === null) return null;
  return providers.some((name) => provider === name || provider.startsWith(`${name}:`) || provider.startsWith(`${name}.`));
}

/**
 * What the node would show the registry where the pod brings no credential, by its providerID and the registry's host. Nothing in the
 * cluster tells whether that has the right to pull. null: the registry belongs to no cloud, or the node does not say where it is.
 */
export function nodeIdentitySentence(view: ImageView): string | null {
  const access = registryProfile(view.spec?.reference ?? null).nodeAccess;
  const here = access && isOnCloudOf(access, view);
  if (!access || here === null) return null;
  return here
    ? `Without a pull secret ${theNode(view)} would show ${access.identity}; whether that may pull cannot be checked from here.`
    : `${theNode(view).replace(/^n/, 'N').replace(/^t/, 'T')} is not on ${access.cloud}, so it has no identity of its own there.`;
}
