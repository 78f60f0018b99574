import type { CredentialName, SecretFacts } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import type { CatalogueEntry } from '../catalogue-entry.ts';
import {
  attemptsWith,
  capitalised,
  clip,
  list,
  registryWords,
  secretsIn,
  sentences,
  suspectCredential,
  theCredential,
  theNode,
  theRegistry,
  theRepository,
} from '../facts.ts';
import { createSecretCommand, givePullSecret, missingSecrets, replaceSecret, secretsAddedLater } from '../fix/pull-secret.ts';
import { shellQuote } from '../fix/shell.ts';
import { kubectl, recreate, retryNow } from '../fix/workload.ts';
import { registryProfile } from '../registries.ts';
import type { ImageView } from '../view.ts';

const authRequired: CatalogueEntry = {
  family: 'credentials',
  title: 'the registry wants a credential and got none',
  retry: 'never',
  explanation(view) {
    const later = secretsAddedLater(view);
    return sentences(
      `${capitalised(theRegistry(view))} does not serve ${theRepository(view)} without a credential.`,
      later.length > 0
        ? `The service account ${clip(view.pod.serviceAccount)} names the pull secret ${list(later)}, but this pod was made without it.`
        : noneToSend(view),
    );
  },
  fixes(view) {
    const later = secretsAddedLater(view);
    const fixes: Fix[] = [];
    if (later.length > 0)
      fixes.push({ title: `make the pod anew, so that it gets ${list(later)} from its service account`, commands: anew(view) });
    return [...fixes, ...orderedByCloud(view, nodeAccess(view), givePullSecret(view))];
  },
};

const authRejected: CatalogueEntry = {
  family: 'credentials',
  title: 'the registry refused the credential',
  retry: 'never',
  explanation(view) {
    const credential = theCredential(view);
    const anonymous = attemptsWith(view, 'found').some((attempt) => attempt.credential === null);
    return sentences(
      `${capitalised(theRegistry(view))} does not accept ${credential ?? 'the user name or password that it was sent'}.`,
      quirk(view),
      anonymous ? 'Without any credential it serves this image.' : null,
    );
  },
  fixes(view) {
    const anonymous = attemptsWith(view, 'found').some((attempt) => attempt.credential === null);
    const removal: Fix = {
      title: 'or remove the pull secret: the image is public, and a refused credential blocks even that',
      commands: [],
    };
    return [renew(view), ...(anonymous ? [removal] : []), retryNow(view)];
  },
};

const authExpired: CatalogueEntry = {
  family: 'credentials',
  title: 'the credential has expired',
  retry: 'never',
  explanation(view) {
    const profile = registryProfile(view.spec?.reference ?? null);
    const entry = suspectEntry(view);
    const life = profile.lifetimeHours ? `Passwords of ${profile.name} last ${profile.lifetimeHours} hours.` : null;
    return sentences(
      `The credential for ${theRegistry(view)} (${theCredential(view) ?? "sent from the pull secret or by the node's credential provider"}) has expired${entry?.expiresAt ? `: it was valid until ${entry.expiresAt}` : ''}.`,
      life,
    );
  },
  fixes(view) {
    const access = nodeAccess(view);
    const lasting: Fix[] = access
      ? [{ ...access, title: `${access.title}, so that no secret has to be renewed, then remove the pull secret` }]
      : [];
    return [renew(view), retryNow(view), ...lasting];
  },
};

const authForbidden: CatalogueEntry = {
  family: 'credentials',
  title: 'the credential lacks the right to pull',
  retry: 'never',
  explanation(view) {
    const words = registryWords(view);
    return sentences(
      `${capitalised(theRegistry(view))} refuses ${theCredential(view) ?? 'whoever asked'} access to ${theRepository(view)}.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes(view) {
    const access = nodeAccess(view);
    const who = theCredential(view);
    const { grant: way } = registryProfile(view.spec?.reference ?? null);
    const grant: Fix = {
      title: `give ${who ?? 'the user of the pull secret'} the right to pull from ${theRepository(view)}${way ? `: ${way.how}` : ''}`,
      commands: way?.commands ?? [],
    };
    return who ? [grant, ...(access ? [access] : [])] : [...(access ? [access] : []), grant];
  },
};

const pullSecretMissing: CatalogueEntry = {
  family: 'credentials',
  title: 'the pull secret does not exist',
  retry: 'never',
  explanation(view) {
    const names = missingSecrets(view);
    const subject = names.length > 1 ? `The pull secrets ${list(names)} do` : `The pull secret ${list(names)}`.trimEnd().concat(' does');
    return `${subject} not exist in namespace ${clip(view.pod.namespace)}, so the kubelet asked ${theRegistry(view)} without ${names.length > 1 ? 'them' : 'it'}.`;
  },
  fixes(view) {
    const names = missingSecrets(view);
    const secret = names[0] ?? 'SECRET';
    const { credential } = registryProfile(view.spec?.reference ?? null);
    return [
      { title: `create the secret with ${credential}`, commands: [createSecretCommand(view, secret)] },
      {
        title: 'or copy it from a namespace that has it',
        commands: [
          `kubectl -n OTHER_NAMESPACE get secret ${shellQuote(secret)} -o yaml | sed '/^  namespace:/d' | ${kubectl(view, 'apply', '-f', '-')}`,
        ],
      },
      retryNow(view),
    ];
  },
};

const pullSecretMalformed: CatalogueEntry = {
  family: 'credentials',
  title: 'the pull secret cannot be used',
  retry: 'never',
  explanation(view) {
    const faulty = secretsIn(view, 'faulty')[0];
    const empty = emptyEntry(view);
    if (!faulty && empty) {
      return sentences(
        `The entry ${clip(empty.key)} of pull secret ${clip(empty.secret)} holds no user and password that the kubelet can use.`,
        quirk(view),
      );
    }
    if (!faulty) return `A pull secret of the pod cannot be read as registry credentials, so ${theRegistry(view)} was asked without it.`;
    return `The pull secret ${clip(faulty.name)} holds no credential that the kubelet can use: ${faultText(faulty)}.`;
  },
  fixes(view) {
    const secret = secretsIn(view, 'faulty')[0]?.name ?? emptyEntry(view)?.secret ?? 'SECRET';
    return [replaceSecret(view, secret, `make secret ${clip(secret)} anew`), retryNow(view)];
  },
};

const pullSecretWrongRegistry: CatalogueEntry = {
  family: 'credentials',
  title: 'no pull secret is for this registry',
  retry: 'never',
  explanation(view) {
    const keys = [...new Set(view.secrets.flatMap((secret) => secret.entries.map((entry) => entry.key)))];
    const nearest = nearestEntry(view);
    return sentences(
      `No pull secret of the pod has an entry for ${theRepository(view)}${keys.length > 0 ? `: they are for ${list(keys)}` : ''}.`,
      nearest ? `The entry ${clip(nearest.key)} of secret ${clip(nearest.secret)} should be ${clip(nearest.shouldBe)}.` : null,
    );
  },
  fixes(view) {
    const nearest = nearestEntry(view);
    const correct = nearest
      ? [replaceSecret(view, nearest.secret, `make secret ${clip(nearest.secret)} anew, for ${clip(nearest.shouldBe)}`)]
      : [];
    return [...correct, givePullSecret(view)];
  },
};

const registryAddressBlocked: CatalogueEntry = {
  family: 'credentials',
  title: 'the registry blocks this network address',
  retry: 'never',
  explanation(view) {
    const address = /IP '?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]*:[0-9a-f:]+)'?/i.exec(view.reading?.error.raw ?? '')?.[1];
    const words = registryWords(view);
    return sentences(
      `${capitalised(theRegistry(view))} refuses requests from ${address ? `the address ${address}` : `the address of ${theNode(view)}`}, whoever asks.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes(view) {
    const { kind } = registryProfile(view.spec?.reference ?? null);
    const name = view.spec?.reference?.registry.split('.')[0]?.split('-')[0] ?? 'REGISTRY';
    const azure: Fix = {
      title: 'let the address that the nodes leave by through the registry firewall',
      commands: [`az acr network-rule add --name ${/^[A-Za-z0-9]+$/.test(name) ? name : 'REGISTRY'} --ip-address ADDRESS`],
    };
    return [
      kind === 'acr' ? azure : { title: "add the address that the nodes leave by to the registry's allowed networks", commands: [] },
      { title: 'or reach the registry by a private endpoint, or mirror the image into a registry that admits the nodes', commands: [] },
    ];
  },
};

const registryPolicyBlocked: CatalogueEntry = {
  family: 'credentials',
  title: 'a policy of the registry blocks this image',
  retry: 'never',
  explanation(view) {
    const words = registryWords(view);
    return sentences(
      `${capitalised(theRegistry(view))} has the image and refuses to serve it by a policy of its own.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes: () => [
    { title: 'rebuild the image so that it passes the policy (scan result, signature, quarantine), and use the new tag', commands: [] },
    { title: "or have the registry's administrator scan, release or exempt this image", commands: [] },
  ],
};

function anew(view: ImageView): string[] {
  const later = secretsAddedLater(view).map((name) => ({ name }));
  return retryNow(view).commands.length > 0 ? [...retryNow(view).commands] : recreate(view, { imagePullSecrets: later });
}

/** The entry that was meant for this registry by the look of it: an entry for quite another registry is not to be replaced. */
function nearestEntry(view: ImageView) {
  const nearest = view.credentials?.nearest ?? null;
  if (!nearest) return null;
  const domain = (key: string): string =>
    key
      .replace(/^https?:\/\//, '')
      .replace(/[:/].*$/, '')
      .toLowerCase()
      .split('.')
      .slice(-2)
      .join('.');
  const hub = ['docker.io', 'docker.com'];
  const [has, needs] = [domain(nearest.key), domain(nearest.shouldBe)];
  return has === needs || (hub.includes(has) && hub.includes(needs)) ? nearest : null;
}

/** What the pod had to offer, where that is known and it was nothing. */
function noneToSend(view: ImageView): string | null {
  if (view.container.kind === 'sandbox') return 'Pull secrets are not used for the sandbox image.';
  if (!view.credentials || view.credentials.tries.length > 0) return null;
  if (view.secrets.length === 0) return `The pod names no pull secret, and ${theNode(view)} gave no credential that was accepted.`;
  return 'None of its pull secrets has a credential for it.';
}

/** What is odd about the credential, in the words of image/credential-facts.ts; null where nothing is. */
const quirks: Readonly<Record<string, string>> = {
  'password-ends-in-newline': 'Its password ends in a line break, as it does when made with echo rather than printf.',
  'user-is-email': 'Its user is an e-mail address, and Docker Hub wants the Docker ID.',
  'fine-grained-token-unsupported': 'Its password is a fine-grained token, which this registry does not support.',
  'robot-name-truncated': 'Its user is only "robot": a shell took $... out of the name, which needs single quotes.',
  'short-lived-token': 'It is of a kind that lasts hours, not for ever.',
  'credential-helper-ignored': 'It relies on a credential helper, which the kubelet does not use.',
  'identity-token-ignored': 'It holds an identity token, which the kubelet does not use.',
  'registry-token-ignored': 'It holds a registry token, which the kubelet does not use.',
};

function quirk(view: ImageView): string | null {
  const remark = suspectEntry(view)?.remarks.find((candidate) => candidate in quirks);
  return remark === undefined ? null : (quirks[remark] ?? null);
}

/** The first entry for this image that would be sent as nothing. */
function emptyEntry(view: ImageView): CredentialName | null {
  const isEmpty = ({ secret, key }: CredentialName): boolean =>
    view.secrets.some((facts) => facts.name === secret && facts.entries.some((entry) => entry.key === key && entry.empty));
  return view.credentials?.tries.find(isEmpty) ?? null;
}

function suspectEntry(view: ImageView) {
  const credential = suspectCredential(view);
  const secret = view.secrets.find((candidate) => candidate.name === credential?.secret);
  return secret?.entries.find((entry) => entry.key === credential?.key) ?? null;
}

/** A fresh credential in place of the refused one. */
function renew(view: ImageView): Fix {
  const { credential } = registryProfile(view.spec?.reference ?? null);
  const suspect = suspectCredential(view);
  if (suspect) return replaceSecret(view, suspect.secret, `renew secret ${clip(suspect.secret)} with ${credential}`);
  if (view.secrets.length === 0 && view.credentials) {
    return {
      title: `renew the credential that ${theNode(view)} itself uses for ${theRegistry(view)}: the pod names no pull secret`,
      commands: [],
    };
  }
  return givePullSecret(view);
}

function nodeAccess(view: ImageView): Fix | null {
  const access = registryProfile(view.spec?.reference ?? null).nodeAccess;
  return access ? { title: access.title, commands: access.commands } : null;
}

/** On the registry's own cloud the nodes' identity is the lasting answer; elsewhere it is none. */
function orderedByCloud(view: ImageView, access: Fix | null, secret: Fix): Fix[] {
  if (!access) return [secret];
  const provider = view.node?.provider ?? null;
  const scheme = provider?.split(':')[0] ?? '';
  const providers = registryProfile(view.spec?.reference ?? null).nodeAccess?.providers ?? [];
  if (provider === null) return [access, secret];
  return providers.includes(scheme) ? [access, secret] : [secret];
}

function faultText(secret: SecretFacts): string {
  const { fault, type } = secret;
  const detail = fault?.detail ? `: ${clip(fault.detail)}` : '';
  switch (fault?.code) {
    case 'wrong-type':
      return `its type is ${type ?? 'another'} instead of kubernetes.io/dockerconfigjson`;
    case 'missing-key':
      return 'it lacks the key .dockerconfigjson';
    case 'bad-json':
      return `its content is not the JSON of a docker config${detail}`;
    case 'bad-base64':
      return `its auth field is not base64${detail}`;
    case 'bad-auth':
      return `its auth field is not base64 of user:password${detail}`;
    case 'no-entries':
      return `it has no entry with a user and a password${detail}`;
    default:
      return 'its content is not that of a docker config';
  }
}

export const credentials = {
  'auth-required': authRequired,
  'auth-rejected': authRejected,
  'auth-expired': authExpired,
  'auth-forbidden': authForbidden,
  'pull-secret-missing': pullSecretMissing,
  'pull-secret-malformed': pullSecretMalformed,
  'pull-secret-wrong-registry': pullSecretWrongRegistry,
  'registry-address-blocked': registryAddressBlocked,
  'registry-policy-blocked': registryPolicyBlocked,
};
