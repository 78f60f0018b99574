import { root } from '../build/root.ts';
import { runTool } from './tools.ts';

/** Seconds since 1970 that all that is packaged bears: SOURCE_DATE_EPOCH (reproducible-builds.org), else the last commit's. */
export function sourceTime(): number {
  const given = process.env.SOURCE_DATE_EPOCH;
  return Number(given || runTool('git', '-C', root, 'log', '-1', '--format=%ct').trim());
}
