import type { CredentialEntry, CredentialName } from '../../values/evidence.ts';
import { suspectCredential } from '../facts.ts';
import type { ImageView } from '../view.ts';

/** By the remarks of image/credential-facts.ts. */
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

/** What is odd about the credential that the case is about; null where nothing is. */
export function quirk(view: ImageView): string | null {
  const remark = suspectEntry(view)?.remarks.find((candidate) => Object.hasOwn(quirks, candidate));
  return remark === undefined ? null : (quirks[remark] ?? null);
}

/** The first entry for this image that would be sent as nothing. */
export function emptyEntry(view: ImageView): CredentialName | null {
  const isEmpty = ({ secret, key }: CredentialName): boolean =>
    view.secrets.some((facts) => facts.name === secret && facts.entries.some((entry) => entry.key === key && entry.empty));
  return view.credentials?.tries.find(isEmpty) ?? null;
}

/** The entry of the credential that the case is about. */
export function suspectEntry(view: ImageView): CredentialEntry | null {
  const credential = suspectCredential(view);
  const secret = view.secrets.find((candidate) => candidate.name === credential?.secret);
  return secret?.entries.find((entry) => entry.key === credential?.key) ?? null;
}
