import type { SecretFacts, SecretFault } from './evidence.ts';

/**
 * Faults at which the kubelet's decoding stops with an error: it then pulls nothing for the pod, whatever its other Secrets hold. A wrong
 * type, a missing key and a config without entries it passes over (Kubernetes pkg/credentialprovider/secrets, `MakeDockerKeyring`).
 */
const undecodableFaults: ReadonlySet<SecretFault> = new Set(['bad-json', 'bad-base64', 'bad-auth']);

/** The first Secret that does not decode: the kubelet then uses none of the pod's. null: all decode. */
export function undecodable(secrets: readonly SecretFacts[]): SecretFacts | null {
  return secrets.find(({ fault }) => fault !== null && undecodableFaults.has(fault.code)) ?? null;
}
