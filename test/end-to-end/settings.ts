import { fileURLToPath } from 'node:url';

/** What the environment says about a run in the lab. */
export interface Settings {
  readonly root: string;
  /** The program under test: `IMAGEPULL_PROGRAM`, else dist/kubectl-imagepull. */
  readonly program: string;
  /** `LAB_DIR`; a directory of the run's own where `LAB_UP` does not say that a lab is up already. */
  readonly labDir: string;
  /** `LAB_UP=1`: use the lab that is up in `LAB_DIR`, and leave it up. */
  readonly up: boolean;
  /** `LAB_KEEP=1`: leave the lab up that this run booted. */
  readonly keep: boolean;
  /** `LAB_EVIDENCE=DIR`: write each report there, as DIR/VIEW/SCENARIO.json. */
  readonly evidence: string | null;
  /** `LAB_ONLY=NAME,NAME`: these scenarios only. */
  readonly only: readonly string[];
  /** `CI=true`: that it cannot run is a failure. */
  readonly ci: boolean;
}

export function settingsOf(env: NodeJS.ProcessEnv): Settings {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const up = env.LAB_UP === '1';
  return {
    root,
    program: env.IMAGEPULL_PROGRAM || `${root}dist/kubectl-imagepull`,
    labDir: env.LAB_DIR || (up ? '/var/tmp/imagepull-lab' : '/var/tmp/imagepull-end-to-end'),
    up,
    keep: env.LAB_KEEP === '1',
    evidence: env.LAB_EVIDENCE || null,
    only: (env.LAB_ONLY ?? '').split(',').filter((name) => name !== ''),
    ci: env.CI === 'true',
  };
}

/** The environment of everything that runs against the lab. */
export function labEnvironment(settings: Settings): NodeJS.ProcessEnv {
  return { ...process.env, LAB_DIR: settings.labDir, LAB_NODES: process.env.LAB_NODES ?? '2', KUBECONFIG: `${settings.labDir}/kubeconfig` };
}
