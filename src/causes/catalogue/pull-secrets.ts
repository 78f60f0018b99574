import type { SecretFacts } from '../../values/evidence.ts';
import { isMeantFor } from '../../values/meant-key.ts';
import { undecodable } from '../../values/undecodable.ts';
import { clip, list, sentences } from '../../words/text.ts';
import { secretsIn, theRegistry, theRepository, unreadableSecrets } from '../facts.ts';
import { kubectl, kubectlAnywhere } from '../fix/kubectl.ts';
import {
  bringCredential,
  correctSecretName,
  createSecretCommand,
  mendSecret,
  missingSecrets,
  nearSecrets,
  replaceSecret,
} from '../fix/pull-secret.ts';
import { laterSecretsSentence } from '../fix/service-account.ts';
import { retryNow } from '../fix/workload.ts';
import { registryProfile } from '../registries/registry-of.ts';
import { saysNotUtf8, unsendable } from '../unsendable.ts';
import type { ImageView } from '../view.ts';
import { emptyEntry, quirk } from './credential-quirks.ts';
import type { CatalogueEntry } from './entry.ts';

const pullSecretMissing: CatalogueEntry = {
  family: 'credentials',
  title: 'the pull secret does not exist',
  retry: 'never',
  explanation(view) {
    const names = missingSecrets(view);
    const subject = names.length > 1 ? `The pull secrets ${list(names)} do` : `The pull secret ${list(names)}`.trimEnd().concat(' does');
    const near = nearSecrets(view);
    return sentences(
      `${subject} not exist in namespace ${clip(view.pod.namespace)}, so the kubelet asked ${theRegistry(view)} without ${names.length > 1 ? 'them' : 'it'}.`,
      near.length > 0 ? `There is one of the name ${list(near.map(({ meant }) => meant))}.` : null,
    );
  },
  fixes(view) {
    const names = missingSecrets(view);
    const secret = names[0] ?? 'SECRET';
    const { credential } = registryProfile(view.spec?.reference ?? null);
    const meant = nearSecrets(view).map(({ wrong, meant }) => correctSecretName(view, wrong, meant));
    return [
      ...meant,
      { title: `${meant.length > 0 ? 'or ' : ''}create the secret with ${credential}`, commands: [createSecretCommand(view, secret)] },
      {
        title: 'or copy it from a namespace that has it',
        commands: [
          `${kubectlAnywhere(view, '-n', 'OTHER_NAMESPACE', 'get', 'secret', secret, '-o', 'yaml')} | sed '/^  namespace:/d' | ${kubectl(view, 'apply', '-f', '-')}`,
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
    const spoiling = undecodable(view.secrets);
    const faulty = spoiling ?? secretsIn(view, 'faulty')[0];
    const empty = emptyEntry(view);
    const [encoded] = unsendable(view);
    if (!faulty && (encoded || saysNotUtf8(view))) {
      const holder = encoded ? `The entry ${clip(encoded.key)} of pull secret ${clip(encoded.secret)}` : 'A pull secret of the pod';
      return `${holder} holds a user or password that is not UTF-8: the kubelet cannot hand it to the runtime, and no registry was asked with it.`;
    }
    if (!faulty && empty) {
      return sentences(
        `The entry ${clip(empty.key)} of pull secret ${clip(empty.secret)} holds no user and password that the kubelet can use.`,
        quirk(view),
      );
    }
    if (!faulty) return `A pull secret of the pod cannot be read as registry credentials, so ${theRegistry(view)} was asked without it.`;
    return sentences(
      `The pull secret ${clip(faulty.name)} holds no credential that the kubelet can use: ${faultText(faulty)}.`,
      spoiling ? 'While it is so, the kubelet pulls nothing for this pod, whatever its other secrets hold.' : null,
    );
  },
  fixes(view) {
    const faulty = undecodable(view.secrets) ?? secretsIn(view, 'faulty')[0];
    const secret = faulty?.name ?? unsendable(view)[0]?.secret ?? emptyEntry(view)?.secret ?? 'SECRET';
    return [mendSecret(view, secret), retryNow(view)];
  },
};

const pullSecretWrongRegistry: CatalogueEntry = {
  family: 'credentials',
  title: 'no pull secret is for this registry',
  retry: 'never',
  explanation(view) {
    const keys = [...new Set(view.secrets.flatMap((secret) => secret.entries.map((entry) => entry.key)))];
    const nearest = nearestEntry(view);
    const unread = unreadableSecrets(view);
    const others = unread ? 'No pull secret of the pod that could be read' : 'No pull secret of the pod';
    return sentences(
      view.secrets.every(({ state }) => state === 'unreadable') && unread
        ? null
        : `${others} has an entry for ${theRepository(view)}${keys.length > 0 ? `: they are for ${list(keys)}` : ''}.`,
      unread,
      nearest ? `The entry ${clip(nearest.key)} of secret ${clip(nearest.secret)} should be ${clip(nearest.shouldBe)}.` : null,
      laterSecretsSentence(view),
    );
  },
  fixes(view) {
    const nearest = nearestEntry(view);
    const correct = nearest
      ? [replaceSecret(view, nearest.secret, `make secret ${clip(nearest.secret)} anew, for ${clip(nearest.shouldBe)}`)]
      : [];
    return [...correct, ...bringCredential(view)];
  },
};

/** The entry that was meant for this registry by the look of it: an entry for quite another registry is not to be replaced. */
function nearestEntry(view: ImageView) {
  const nearest = view.credentials?.nearest ?? null;
  return nearest && isMeantFor(nearest) ? nearest : null;
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
      return `its content is not the JSON of a docker config${detail}${fault.key === undefined ? '' : ` (in its entry ${clip(fault.key)})`}`;
    case 'bad-base64':
      return `${authField(fault.key)} is not base64${detail}`;
    case 'bad-auth':
      return `${authField(fault.key)} is not the base64 of user:password`;
    case 'no-entries':
      return `it has no entry with a user and a password${fault.detail ? ` (${clip(fault.detail)})` : ''}`;
    default:
      return 'its content is not that of a docker config';
  }
}

function authField(key: string | undefined): string {
  return key === undefined ? 'its auth field' : `the auth field of its entry ${clip(key)}`;
}

export const pullSecrets = {
  'pull-secret-missing': pullSecretMissing,
  'pull-secret-malformed': pullSecretMalformed,
  'pull-secret-wrong-registry': pullSecretWrongRegistry,
};
