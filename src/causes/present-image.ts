import type { ImageView } from './view.ts';

/** The node has the image, by the name that the pod gives it, and need not be asked for it to be there. */
export function isPresent({ container, node }: ImageView): boolean {
  return container.pullPolicy === 'IfNotPresent' && (node?.imagesPresent.includes(container.image) ?? false);
}

/**
 * Whether the kubelet lets a pod have an image that is on the node only with a credential that it was pulled with (KEP-2535): KubeletEnsureSecretPulledImages is
 * on by default from 1.35 on, and imagePullCredentialsVerificationPolicy turns it off.
 */
export function verifiesCredentials({ node }: ImageView): boolean {
  if (!node) return false;
  const { kubelet, kubeletConfig: config } = node;
  const policy = config && 'value' in config ? config.value.credentialVerification : null;
  if (policy !== null) return policy !== 'NeverVerify';
  return Number(/^v?1\.(\d+)/.exec(kubelet)?.[1] ?? 0) >= 35;
}
