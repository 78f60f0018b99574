import type { Reading } from './reader/pull-error.ts';
import { read } from './reader/read.ts';
import type { ImageView } from './view.ts';

/** What the probe established from the node. */
export interface ProbeReading {
  /**
   * The registry answered the runtime with "no such tag", which is the right answer to a tag that cannot exist: so its name resolves, it is
   * reachable and trusted, and the credentials that were sent along are good. (A registry that serves every tag proves the same.)
   */
  readonly answered: boolean;
  readonly reading: Reading;
  readonly message: string;
}

/** The runtime's answer with the pod's secrets, else the kubelet's; null: there was none. */
export function probeReading(view: ImageView): ProbeReading | null {
  const answers = view.probe?.answers ?? [];
  const runtime = answers.find((answer) => answer.prober === 'runtime' && answer.withSecrets && answer.message !== null);
  const answer = runtime ?? answers.find((answer) => answer.prober === 'kubelet' && answer.message !== null);
  if (!answer?.message) return null;
  const reading = read(answer.message, answer.target);
  const notFound = reading.code === 'manifest-not-found' || reading.code === 'repository-not-found';
  const pulled = answer.message.startsWith('Successfully pulled');
  return { answered: answer.prober === 'runtime' && (notFound || pulled), reading, message: answer.message };
}
