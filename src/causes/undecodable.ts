import { type SecretFacts, undecodableFaults } from '../values/evidence.ts';

/** The first Secret that does not decode: the kubelet then uses none of the pod's. null: all decode. */
export function undecodable(secrets: readonly SecretFacts[]): SecretFacts | null {
  return secrets.find(({ fault }) => fault !== null && undecodableFaults.has(fault.code)) ?? null;
}
