import type { KubeletConfig } from '../values/evidence.ts';
import type { ImageView } from './view.ts';

/** The kubelet's configuration, where it was read. */
function configOf({ node }: ImageView): KubeletConfig | null {
  return node?.kubeletConfig && 'value' in node.kubeletConfig ? node.kubeletConfig.value : null;
}

/** Whether a pull may wait behind another; null where it does not. */
export function queueWords(view: ImageView): string | null {
  const config = configOf(view);
  if (config?.serializeImagePulls === null || config === null)
    return 'By default a node pulls one image at a time, so it may also be waiting behind another.';
  if (config.serializeImagePulls)
    return 'This node pulls one image at a time (serializeImagePulls), so it may also be waiting behind another.';
  const most = config.maxParallelImagePulls;
  return most === null
    ? null
    : `This node pulls at most ${most} images at a time (maxParallelImagePulls), so it may also be waiting behind others.`;
}

/** `registryPullQPS (5, in bursts of 10)`, the figures where they are known. */
export function pullLimit(view: ImageView): string {
  const { registryPullQPS: rate, registryBurst: burst } = configOf(view) ?? {};
  return rate == null ? 'registryPullQPS' : `registryPullQPS (${rate} a second${burst == null ? '' : `, in bursts of ${burst}`})`;
}

/**
 * Whether the kubelet lets a pod have an image that is on the node only with a credential that may pull it (KEP-2535). The feature
 * KubeletEnsureSecretPulledImages is alpha and off in 1.33 and 1.34, on by default from 1.35 on (kubernetes pkg/features/kube_features.go);
 * where it is on, the configuration always has a policy (pkg/kubelet/apis/config/v1beta1/defaults.go), so one that was read and has none
 * says that it is off.
 */
export function verifiesCredentials(view: ImageView): boolean {
  const config = configOf(view);
  if (config) return config.credentialVerification !== null && config.credentialVerification !== 'NeverVerify';
  return verifiesByDefault(view.node?.kubelet ?? '');
}

/** The same where it is not known not to: the feature may have been turned on, and of the kubelet nothing may be known. */
export function mayVerifyCredentials(view: ImageView): boolean {
  if (configOf(view)) return verifiesCredentials(view);
  const release = releaseOf(view.node?.kubelet ?? '');
  return release === null || release >= 33;
}

/** The same where no configuration was read. @param version as the node reports it: `v1.36.3` */
export function verifiesByDefault(version: string): boolean {
  return (releaseOf(version) ?? 0) >= 35;
}

/** The N of a Kubernetes 1.N; those after 1 are later than all of them. null: it does not parse. */
function releaseOf(version: string): number | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return null;
  return Number(major) > 1 ? Number.POSITIVE_INFINITY : Number(minor);
}
