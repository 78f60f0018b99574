import { readFileSync } from 'node:fs';
import { captured } from './resources.ts';

/** An object of the API as it was captured. */
export interface KubernetesObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

export interface CapturedCluster {
  /** By resource name, e.g. `pods`. */
  readonly objects: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** stats/summary by node name. */
  readonly summaries: Readonly<Record<string, unknown>>;
  /** Discovery and version documents by path. */
  readonly documents: Readonly<Record<string, unknown>>;
}

/** Reads the captured cluster, all its times moved so that it was captured just now. */
export function readCluster(now: Date): CapturedCluster {
  const { at } = JSON.parse(text('captured.json')) as { at: string };
  const shift = now.getTime() - Date.parse(at);
  const read = <T>(name: string): T => JSON.parse(moved(text(name), shift)) as T;
  return {
    objects: new Map(captured.map((resource) => [resource.name, read<KubernetesObject[]>(`${resource.name}.json`)])),
    summaries: read('stats-summary.json'),
    documents: JSON.parse(text('documents.json')) as Record<string, unknown>,
  };
}

const text = (name: string): string => readFileSync(new URL(`cluster/${name}`, import.meta.url), 'utf8');

/** Moves each RFC 3339 time that is a whole JSON string; its precision (seconds or microseconds) stays. */
function moved(json: string, milliseconds: number): string {
  return json.replace(/"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z"/g, (_, seconds: string, fraction = '') => {
    const time = new Date(Date.parse(`${seconds}Z`) + milliseconds).toISOString();
    return `"${time.slice(0, 19)}${fraction}Z"`;
  });
}
