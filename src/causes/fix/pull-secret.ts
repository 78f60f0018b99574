import { comparedHost } from '../../image/compared-host.ts';
import { pluginName } from '../../values/plugin-name.ts';
import type { Fix } from '../../values/verdict.ts';
import * as words from '../../words/kubectl.ts';
import { command, shellQuote } from '../../words/shell.ts';
import { clip, list } from '../../words/text.ts';
import { registryHost, secretsIn } from '../facts.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { ImageView } from '../view.ts';
import { kubectl, kubectlPlugin } from './kubectl.ts';
import { addPullSecret, anew, changePodSpec, recreate, retryNow } from './workload.ts';

/** Creates a pull secret that the kubelet uses for this image. The password is a placeholder or the command that prints it. */
export function createSecretCommand(view: ImageView, secret: string): string {
  const profile = registryProfile(view.spec?.reference ?? null);
  return [
    kubectl(view, 'create', 'secret', 'docker-registry', secret),
    `--docker-server=${shellQuote(profile.server)}`,
    `--docker-username=${profile.username}`,
    `--docker-password=${profile.password}`,
  ].join(' ');
}

/**
 * How the pod comes to bring a credential: where it names secrets that may not be read here, what they hold comes first, as one of them may
 * only have to be renewed.
 */
export function bringCredential(view: ImageView): Fix[] {
  const closed = secretsIn(view, 'unreadable');
  const [first] = closed;
  if (!first) return [givePullSecret(view)];
  const names = `${closed.length === 1 ? 'secret' : 'secrets'} ${list(closed.map(({ name }) => name))}`;
  const isForbidden = closed.some(({ obstacle }) => obstacle?.kind === 'forbidden');
  const again = ['why', view.pod.name, '-n', view.pod.namespace];
  const look: Fix = {
    title: isForbidden
      ? `have somebody who may read ${names} ask again: what is in it decides`
      : `ask again: ${names} could not be read, and what is in it decides`,
    // Somebody else asks as himself, by his own way to the cluster.
    commands: isForbidden ? [words.kubectlPlugin(undefined, pluginName, ...again)] : [kubectlPlugin(view, pluginName, ...again)],
  };
  if (closed.length > 1) return [look, orElse(givePullSecret(view))];
  const { credential } = registryProfile(view.spec?.reference ?? null);
  const name = clip(first.name);
  const title = `if it holds no good login for ${registryHost(view) ?? 'the registry'}, make secret ${name} anew with ${credential} (whatever else it holds is removed by this)`;
  return [look, replaceSecret(view, first.name, title)];
}

function orElse({ title, commands }: Fix): Fix {
  return { title: `or ${title}`, commands };
}

/** A new secret for the image's registry, and the pod told to use it. */
export function givePullSecret(view: ImageView): Fix {
  const secret = newSecretName(view);
  const { credential } = registryProfile(view.spec?.reference ?? null);
  return addPullSecret(view, secret, `give the pod a pull secret with ${credential}`, [createSecretCommand(view, secret)]);
}

const usualType = 'kubernetes.io/dockerconfigjson';

/** The secret made anew under its own name: replaced in one step, or deleted first where its type is another, which cannot be changed. */
export function replaceSecret(view: ImageView, secret: string, title: string): Fix {
  const others = otherEntries(view, secret);
  const warning = others > 0 ? ` (it holds ${others} other ${others === 1 ? 'entry' : 'entries'}, which this removes)` : '';
  const create = createSecretCommand(view, secret);
  const isOfUsualType = (view.secrets.find(({ name }) => name === secret)?.type ?? usualType) === usualType;
  if (isOfUsualType)
    return { title: `${title}${warning}`, commands: [`${create} --dry-run=client -o yaml | ${kubectl(view, 'replace', '-f', '-')}`] };
  return {
    title: `${title}${warning}; this deletes it first, with all that it holds, so see that nothing else uses it`,
    commands: [kubectl(view, 'delete', 'secret', secret), create],
  };
}

/** How a secret that does not decode comes to be of use. Where only an entry for another registry is at fault, the rest is kept. */
export function mendSecret(view: ImageView, secret: string): Fix {
  const facts = view.secrets.find(({ name }) => name === secret);
  const key = facts?.fault?.key;
  // A key with a login in it is known only in part (image/registry-key.ts, shownKey).
  if (!facts || key === undefined || key.includes('…@')) return replaceSecret(view, secret, `make secret ${clip(secret)} anew`);
  if (isOfRegistry(key, registryHost(view) ?? ''))
    return replaceSecret(view, secret, `make secret ${clip(secret)} anew (other entries that it has are removed by this)`);
  const isOld = facts.type === 'kubernetes.io/dockercfg';
  const remove = `del(${isOld ? '.' : '.auths'}[${JSON.stringify(key)}])`;
  const filter = `.data["${isOld ? '.dockercfg' : '.dockerconfigjson'}"] |= (@base64d | fromjson | ${remove} | tojson | @base64)`;
  return {
    title: `correct the entry ${clip(key)} of secret ${clip(secret)}, or take it out, as this does (the other entries stay)`,
    commands: [
      `${kubectl(view, 'get', 'secret', secret, '-o', 'json')} | ${command('jq', filter)} | ${kubectl(view, 'replace', '-f', '-')}`,
    ],
  };
}

/** A key as it may be written: with a scheme and a path; Docker Hub's is one of its own (image/keyring.ts). */
function isOfRegistry(key: string, registry: string): boolean {
  const host = comparedHost(key.replace(/^https?:\/\//, '').replace(/\/.*$/, ''));
  return host === comparedHost(registry) || (registry === 'docker.io' && /(?:^|\.)docker\.(?:io|com)$/.test(host));
}

/** A name for a secret that the namespace is not known to have, from the registry's host: `registry-example-com-pull`. */
export function newSecretName(view: ImageView): string {
  const host = (registryHost(view) ?? 'registry').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const base = `${host.replace(/^-+|-+$/g, '').slice(0, 50)}-pull`;
  const taken = new Set(view.secrets.filter((secret) => secret.state !== 'missing').map((secret) => secret.name));
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
  return name;
}

/** Names of the secrets that the pod refers to and that are not there; by the kubelet's word where they may not be read. */
export function missingSecrets(view: ImageView): readonly string[] {
  const seen = secretsIn(view, 'missing').map((secret) => secret.name);
  const { events } = view.evidence;
  if (seen.length > 0 || events.outcome !== 'done') return seen;
  const said = events.facts.events.findLast((event) => event.reason === 'FailedToRetrieveImagePullSecret')?.message ?? '';
  const names = /image pull secrets \(([^)]+)\)/.exec(said)?.[1]?.split(', ') ?? [];
  return names.filter((name) => view.secrets.some((secret) => secret.name === name));
}

/** Pull secrets that exist, have an entry for the image's registry, and may be what a missing one was meant to be. */
export function nearSecrets(view: ImageView): readonly { readonly wrong: string; readonly meant: string }[] {
  return secretsIn(view, 'missing').flatMap(({ name, near = [] }) =>
    near.flatMap((one) => (one.fits ? [{ wrong: name, meant: one.name }] : [])),
  );
}

/**
 * The right name in place of the wrong one, where it was written: in the service account that the pod has it from, else in the pod's
 * template.
 */
export function correctSecretName(view: ImageView, wrong: string, meant: string): Fix {
  const title = `use secret ${clip(meant)}, which is here and has an entry for this registry`;
  const { spec } = view.evidence;
  const account = spec.outcome === 'done' && 'value' in spec.facts.serviceAccount ? spec.facts.serviceAccount.value : null;
  const imagePullSecrets = [{ $patch: 'delete', name: wrong }, { name: meant }];
  if (!account?.pullSecrets.includes(wrong)) return changePodSpec(view, { imagePullSecrets }, title);
  const patch = kubectl(view, 'patch', 'serviceaccount', account.name, '-p', JSON.stringify({ imagePullSecrets }));
  const { commands } = retryNow(view);
  const how = `${title}: correct service account ${clip(account.name)}, then make the pod anew`;
  if (commands.length > 0) return { title: how, commands: [patch, ...commands] };
  return { title: `${how}; ${anew(view)}`, commands: [patch, ...recreate(view, { imagePullSecrets })] };
}

function otherEntries(view: ImageView, secret: string): number {
  const facts = view.secrets.find((candidate) => candidate.name === secret);
  const used = new Set(
    (view.credentials?.tries ?? []).filter((credential) => credential.secret === secret).map((credential) => credential.key),
  );
  if (view.credentials?.nearest?.secret === secret) used.add(view.credentials.nearest.key);
  return (facts?.entries ?? []).filter((entry) => !used.has(entry.key)).length;
}
