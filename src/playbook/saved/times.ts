import { type Json, object, objects, text } from './fields.ts';

/** A clock may run ahead by this; what is later yet is no time of when the file was made. */
const skew = 24 * 3_600_000;

/** Whether something may have happened at this time, in milliseconds; not where it is none. */
export function isPlausible(time: number, now: number): boolean {
  return time <= now + skew;
}

/**
 * The newest time at which this object says that something happened, in milliseconds; -Infinity: it says none. Times that are only planned
 * (a deadline, an expiry) are left out.
 */
export function newestTime(item: Json, now: number): number {
  const meta = object(item.metadata);
  const status = object(item.status);
  const times = [
    meta.creationTimestamp,
    ...objects(meta.managedFields).map(({ time }) => time),
    item.firstTimestamp,
    item.lastTimestamp,
    item.eventTime,
    object(item.series).lastObservedTime,
    ...objects(status.conditions).flatMap((one) => [one.lastTransitionTime, one.lastHeartbeatTime, one.lastUpdateTime]),
    ...['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap((field) =>
      objects(status[field]).flatMap(({ state, lastState }) => [state, lastState].flatMap(statesTimes)),
    ),
  ].map((time) => Date.parse(text(time) ?? ''));
  return times.reduce((newest, time) => (time > newest && isPlausible(time, now) ? time : newest), Number.NEGATIVE_INFINITY);
}

function statesTimes(state: unknown): readonly unknown[] {
  const { running, terminated } = object(state);
  return [object(running).startedAt, object(terminated).startedAt, object(terminated).finishedAt];
}
