import type { PodEvent } from './evidence.ts';

/** The kubelet repeats the waiting reason as an event of its own: no information. */
const echo =
  /^Error: (?:ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;

/** A failure in the words of the runtime or kubelet, not the mere echo of a reason, nor the back-off. */
export function isFailure(event: PodEvent): boolean {
  return event.type === 'Warning' && event.reason !== 'BackOff' && !echo.test(event.message);
}

/** The kubelet waits before its next attempt; the text never says why it failed. */
export function isBackOff(event: PodEvent): boolean {
  return event.reason === 'BackOff' && event.message.startsWith('Back-off pulling image');
}

/**
 * When the oldest failure or back-off of these events began, RFC 3339; null: they know of none.
 * @param events about the pull of one image
 */
export function failingSince(events: readonly PodEvent[]): string | null {
  return events
    .filter((event) => isFailure(event) || isBackOff(event))
    .reduce<string | null>((oldest, event) => (oldest === null || event.first < oldest ? event.first : oldest), null);
}

/** Milliseconds before the first failure within which a change may have to do with it. */
const shortly = 15 * 60_000;

/** Milliseconds from a change to the failure that began shortly after it; null: it did not, or one of the times is not known. */
export function shortlyBefore(change: string | null | undefined, began: string | null): number | null {
  const before = change == null || began === null ? Number.NaN : Date.parse(began) - Date.parse(change);
  return before >= 0 && before <= shortly ? before : null;
}
