import type { Fix } from '../../values/verdict.ts';
import { clip } from '../../words/text.ts';
import { suspectCredential, theNode, theRegistry } from '../facts.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { ImageView } from '../view.ts';
import { bringCredential, replaceSecret } from './pull-secret.ts';
import { retryNow } from './workload.ts';

/** A credential of which nothing is known yet: the next attempt tells. */
export function firstSee(view: ImageView): Fix[] {
  return [retryNow(view, 'wait'), ...renew(view).map(({ title, commands }) => ({ title: `if it is refused then, ${title}`, commands }))];
}

/** A fresh credential in place of the refused one. */
export function renew(view: ImageView): Fix[] {
  const { credential } = registryProfile(view.spec?.reference ?? null);
  const suspect = suspectCredential(view);
  if (suspect) return [replaceSecret(view, suspect.secret, `renew secret ${clip(suspect.secret)} with ${credential}`)];
  if (view.secrets.length === 0 && view.credentials) {
    const title = `renew the credential that ${theNode(view)} itself uses for ${theRegistry(view)}: the pod names no pull secret`;
    return [{ title, commands: [] }];
  }
  return bringCredential(view);
}
