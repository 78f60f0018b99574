import type { Reading } from '../../causes/reader/pull-error.ts';
import { read } from '../../causes/reader/read.ts';
import { isFault } from '../../values/cause-code.ts';

/** The words with which kubelets and runtimes begin to speak of an image. */
const start =
  /(?:failed to pull image|back-off pulling image|failed to inspect image|failed to apply default image tag|failed to get sandbox image|container image|pulling image|PullImage|image pull failed for) \\{0,4}"([^"\\\s]{1,512})\\{0,4}"/i;

/** A row of an event table that names no image, such as `Warning  Failed  16m  kubelet  Error: ErrImagePull`. */
const eventRow = /^\s*(?:\S+\s+){0,3}(?:Warning|Normal)\s+[A-Z]\w+\s/;

/** More than anyone pastes; what is beyond is not read. */
const mostImages = 20;

/**
 * One reading for each image that a pasted text complains of: `kubectl describe pod`, `kubectl get events` and logs hold several. A text
 * about one image, or about none, is read as a whole.
 */
export function readPasted(text: string): readonly Reading[] {
  const byImage = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const line of text.split('\n')) {
    const image = start.exec(line)?.[1];
    if (image !== undefined) {
      const key = shortName(image);
      current = byImage.get(key) ?? [];
      current.push(line);
      byImage.set(key, current);
    } else if (eventRow.test(line)) {
      current = null;
    } else {
      current?.push(line);
    }
  }
  if (byImage.size < 2) return [asFragment(read(text))];
  const readings = [...byImage.values()].slice(0, mostImages).map((lines) => read(lines.join('\n')));
  const failing = readings.filter(({ code }) => isFault(code));
  return failing.length < 2 ? [failing[0] ?? read(text)] : failing;
}

/** A few words without the image or the request that they are about prove little: what stood around them is not known. */
function asFragment(reading: Reading): Reading {
  const { image, request } = reading.error;
  const isBare = image === null && request === null && reading.confidence === 'certain';
  return isBare ? { ...reading, confidence: 'likely' } : reading;
}

/** Runtimes write out what the pod leaves out: both names are the same image. */
function shortName(image: string): string {
  return image.replace(/^docker\.io\/(?:library\/)?/, '');
}
