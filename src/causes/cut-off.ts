import type { ImageView } from './view.ts';

/** How far a layer came, in bytes, by the runtime's words (containerd core/content/helpers.go, Copy). */
export interface CutOff {
  readonly expected: number;
  readonly got: number;
  /** Attempts that ended at this very byte, as far as events are left. */
  readonly times: number;
}

const shortRead = /short read: expected (\d{1,15}) bytes but got (\d{1,15})/;
const fewest = 3;

/** null: the runtime does not say that fewer bytes came than the manifest names. */
export function cutOff({ reading, events }: ImageView): CutOff | null {
  const [words, expected, got] = shortRead.exec(reading?.error.raw ?? '') ?? [];
  if (words === undefined) return null;
  const alike = events.filter(({ type, message }) => type === 'Warning' && message.includes(`${words}:`));
  return { expected: Number(expected), got: Number(got), times: alike.reduce((sum, { count }) => sum + count, 0) };
}

/** Always at the same byte: no accident of the connection. */
export function isCutAlike(view: ImageView): boolean {
  return (cutOff(view)?.times ?? 0) >= fewest;
}

/** The body of an answer broke off, whose beginning had come: nothing more was asked for. */
export function isBrokenOff({ reading }: ImageView): boolean {
  if (reading === null) return false;
  const { stage, request } = reading.error;
  return (stage === 'blob' || stage === 'config') && request === null;
}
