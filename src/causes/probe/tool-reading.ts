import type { CauseCode } from '../../values/cause-code.ts';
import type { ProbeAnswer, ProbeLayer } from '../../values/evidence.ts';
import type { Reading } from '../reader/pull-error.ts';
import { read } from '../reader/read.ts';

/** Where the tool's words name no cause that the reader knows, the layer does. */
const byLayer: Readonly<Record<ProbeLayer['layer'], CauseCode>> = {
  dns: 'dns-failure',
  tcp: 'connect-timeout',
  tls: 'tls-handshake-failed',
  http: 'registry-bad-response',
};

/**
 * What a tool in a pod found: the first layer that failed is the cause. Never more than `likely`, and `possible` from a pod's own network,
 * where policies and meshes hold that the runtime does not meet.
 */
export function toolReading(answer: ProbeAnswer): { readonly reached: boolean; readonly reading: Reading } {
  const layers = answer.layers ?? [];
  const failed = layers.find(({ result }) => result === 'failed');
  if (!failed) {
    const doubt = layers.find(isDoubtOfAuthority);
    // The node may trust other authorities than the image of the tool.
    if (doubt)
      return {
        reached: false,
        reading: { ...read(doubt.detail), code: 'tls-unknown-authority', confidence: 'possible', alternatives: [] },
      };
  }
  const reading = read(failed?.detail ?? '');
  const code = failed ? codeOf(failed, reading) : 'unknown';
  const confidence = answer.hostNetwork ? 'likely' : 'possible';
  const reached = !failed && layers.some(({ layer, result }) => (layer === 'http' || layer === 'tls') && result === 'ok');
  return { reached, reading: { ...reading, code, confidence, alternatives: [] } };
}

function isDoubtOfAuthority({ layer, result, detail }: ProbeLayer): boolean {
  return layer === 'tls' && result === 'unknown' && detail.startsWith('certificate signed by unknown authority');
}

/** A name that cannot be looked up is DNS whatever the words; a refusal or a missing route shows in them. */
function codeOf({ layer, detail }: ProbeLayer, { code }: Reading): CauseCode {
  if (layer === 'dns') return 'dns-failure';
  if (layer === 'http') {
    const status = Number(/\b([1-5]\d\d)\b/.exec(detail)?.[1] ?? 0);
    if (status === 429) return 'rate-limited';
    if (status >= 500) return 'registry-unavailable';
  }
  return code === 'unknown' ? byLayer[layer] : code;
}
