import { count } from './amounts.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A duration in kubectl's words (apimachinery util/duration, HumanDuration): two units while the first is small, else one.
 * @param milliseconds a clock that runs ahead gives less than nothing, which is `0s`
 */
export function humanDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 2 * minute) return `${Math.floor(ms / second)}s`;
  if (ms < 10 * minute) return twoUnits(ms, minute, 'm', second, 's');
  if (ms < 3 * hour) return `${Math.floor(ms / minute)}m`;
  if (ms < 8 * hour) return twoUnits(ms, hour, 'h', minute, 'm');
  if (ms < 2 * day) return `${Math.floor(ms / hour)}h`;
  if (ms < 8 * day) return twoUnits(ms, day, 'd', hour, 'h');
  if (ms < 2 * 365 * day) return `${Math.floor(ms / day)}d`;
  if (ms < 8 * 365 * day) return twoUnits(ms, 365 * day, 'y', day, 'd');
  return `${Math.floor(ms / (365 * day))}y`;
}

function twoUnits(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small);
  const head = `${Math.floor(ms / large)}${largeName}`;
  return rest === 0 ? head : `${head}${rest}${smallName}`;
}

/** The time from one RFC 3339 string to another; null where either is not a time. */
export function between(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const ms = Date.parse(to) - Date.parse(from);
  return Number.isNaN(ms) ? null : ms;
}

/** How long before `now` something was, e.g. `5m`; null where either is not a time. */
export function age(of: string | null, now: string): string | null {
  const ms = between(of, now);
  return ms === null ? null : humanDuration(ms);
}

/** Seconds as people say them, e.g. `6 hours`. */
export function longDuration(seconds: number): string {
  if (seconds < 120) return count(Math.round(seconds), 'second');
  if (seconds < 7200) return count(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return count(Math.round(seconds / 3600), 'hour');
  return count(Math.round(seconds / 86_400), 'day');
}
