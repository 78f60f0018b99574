import { readFileSync } from 'node:fs';
import { mustRun } from './run.ts';
import { labEnvironment, type Settings } from './settings.ts';

export interface Lab {
  /** Its version, e.g. `1.36.3`. */
  readonly kubernetes: string;
  stop(): Promise<void>;
}

/** Boots the lab with every scenario, or takes the one that is up. @throws with the lab's own words where it does not come up. */
export async function bootLab(settings: Settings): Promise<Lab> {
  const env = labEnvironment(settings);
  const lab = `${settings.root}test/lab`;
  if (!settings.up) await mustRun(`${lab}/up`, [], { env });
  const stop = async () => {
    if (!settings.up && !settings.keep) await mustRun(`${lab}/down`, [], { env });
  };
  try {
    const manifests = await mustRun('node', [`${lab}/scenarios.mjs`, 'apply', ...settings.only], { env });
    await mustRun('kubectl', ['apply', '-f', '-'], { env, input: manifests });
    const booted = JSON.parse(readFileSync(`${settings.labDir}/run/lab.json`, 'utf8')) as { kubernetes: string };
    return { kubernetes: booted.kubernetes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
