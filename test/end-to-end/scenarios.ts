import { mustRun } from './run.ts';
import { labEnvironment, type Settings } from './settings.ts';

/** Scenarios with a second pod of the same image, NAME-beside, that works. */
const withPodBeside = ['private-cached', 'one-node'];

/** Whether this is the pod that works beside a scenario's failing one. */
export const beside = (name: string): boolean => name.endsWith('-beside');

/** Whether the scenario counts in the score: `healthy` and the pods beside are checked on their own. */
export const measured = (name: string): boolean => name !== 'healthy' && !beside(name);

/** Where the pod NAME lies: a pod beside shares its scenario's namespace. */
export const namespaceOf = (name: string): string => `s-${name.replace(/-beside$/, '')}`;

/** The cause that each pod of the lab should get, by pod name. */
export async function expectedCauses(settings: Settings): Promise<Readonly<Record<string, string>>> {
  const text = await mustRun('node', [`${settings.root}test/lab/scenarios.mjs`, 'expected'], { env: labEnvironment(settings) });
  const all = Object.entries(JSON.parse(text) as Record<string, string>);
  const chosen = all.filter(([name]) => settings.only.length === 0 || settings.only.includes(name));
  const working = chosen.filter(([name]) => withPodBeside.includes(name)).map(([name]) => [`${name}-beside`, 'none'] as const);
  return Object.fromEntries([...chosen, ...working]);
}
