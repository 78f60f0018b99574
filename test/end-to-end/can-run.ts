import { existsSync } from 'node:fs';
import type { Settings } from './settings.ts';

/** One line saying why the lab cannot run on this machine; null where it can. */
export function whyItCannotRun(settings: Settings): string | null {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'the lab runs on Debian only';
  if (process.getuid?.() !== 0) return 'the lab needs root: it makes network namespaces, mounts and cgroups';
  if (!existsSync(settings.program)) return `${settings.program} does not exist: run npm run build first`;
  if (settings.up && !existsSync(`${settings.labDir}/run/lab.json`)) return `LAB_UP=1, but no lab is up in ${settings.labDir}`;
  return null;
}
