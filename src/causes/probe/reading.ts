import type { CauseCode } from '../../values/cause-code.ts';
import type { ProbeAnswer, ProbeLayer } from '../../values/evidence.ts';
import type { Reading } from '../reader/pull-error.ts';
import { read } from '../reader/read.ts';
import type { ImageView } from '../view.ts';
import { asSureAs } from './sureness.ts';
import { toolReading } from './tool-reading.ts';

/** What the node was heard to say, by the prober that tells most. */
export interface NodeView {
  readonly prober: ProbeAnswer['prober'];
  /**
   * The registry itself answered: so its name resolves on the node and it can be reached (and, where the runtime asked, it is trusted).
   * Answers that are themselves a fault, a 429 or a 5xx, do not count.
   */
  readonly reached: boolean;
  /**
   * The registry answered the runtime with "no such tag", which is the right answer to a tag that cannot exist: so whoever asked may read
   * the repository. (A registry that serves every tag proves the same.)
   */
  readonly mayRead: boolean;
  /** And it was asked with the pod's credentials: so these are good. */
  readonly answered: boolean;
  readonly reading: Reading;
  /** Where the way ended; null: the registry was reached, or the words do not tell. */
  readonly layer: ProbeLayer['layer'] | null;
  readonly message: string;
}

/** What a registry that works may well say to a tag that cannot exist, or to no credential. */
const registrysAnswers: ReadonlySet<CauseCode> = new Set([
  'manifest-not-found',
  'repository-not-found',
  'not-found-or-denied',
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'auth-forbidden',
]);

/** null: the node did not answer about the registry itself, or was not asked. */
export function nodeView(view: ImageView): NodeView | null {
  const heard = (view.probe?.answers ?? []).filter(({ message, role }) => message !== null && role === undefined);
  const by = (prober: ProbeAnswer['prober'], withSecrets?: boolean) =>
    heard.find((answer) => answer.prober === prober && (withSecrets === undefined || answer.withSecrets === withSecrets));
  const kubelet = by('kubelet');
  const tool = by('tool');
  // A tool sees more of an answer than the kubelet: the certificate, and what comes after an anonymous login.
  const closer = kubelet && tool && readAnswer(kubelet).reached && tellsMore(readAnswer(tool)) ? tool : kubelet;
  const best = by('runtime', true) ?? by('runtime') ?? closer ?? tool;
  if (!best) return null;
  return readAnswer(best, !best.withSecrets && (view.credentials?.tries.length ?? 0) > 0);
}

function tellsMore({ reached, reading }: NodeView): boolean {
  return !reached && reading.code !== 'unknown';
}

/**
 * Reads one answer; canaries are read as the pod's own pull is (choose-text.ts).
 * @param isAsAnother asked without the pod's credentials, where it has some
 */
export function readAnswer(answer: ProbeAnswer, isAsAnother = false): NodeView {
  const message = answer.message ?? '';
  const said = { prober: answer.prober, mayRead: false, answered: false, message };
  if (answer.prober === 'tool') return located({ ...said, ...toolReading(answer) });
  const reading = asSureAs(read(message, answer.prober === 'runtime' ? answer.target : undefined), answer, isAsAnother);
  if (answer.prober === 'kubelet') return located({ ...said, reached: isStatusOfHost(message, answer.role), reading });
  const pulled = message.startsWith('Successfully pulled');
  const mayRead = pulled || reading.code === 'manifest-not-found' || reading.code === 'repository-not-found';
  const reached = mayRead || registrysAnswers.has(reading.code);
  return located({ prober: 'runtime', reached, mayRead, answered: answer.withSecrets && mayRead, reading, message });
}

function located(said: Omit<NodeView, 'layer'>): NodeView {
  return { ...said, layer: said.reached ? null : layerOf(said.reading) };
}

/** The layer at which a failure of this kind happens. */
function layerOf({ code, error }: Reading): NodeView['layer'] {
  if (code === 'dns-failure') return 'dns';
  if (code === 'connect-refused' || code === 'no-route') return 'tcp';
  if (code === 'connect-timeout') return waitedAt(error.raw);
  if (code.startsWith('tls-') || code === 'http-on-https') return 'tls';
  if (code === 'registry-unavailable' || code === 'rate-limited' || code === 'registry-bad-response') return 'http';
  return null;
}

/** Only Go's dial names what it could not reach; a deadline that passed may have passed at any layer. */
function waitedAt(raw: string): NodeView['layer'] {
  if (/\bdial (?:tcp|udp)\b/.test(raw)) return 'tcp';
  if (/TLS handshake timeout/.test(raw)) return 'tls';
  return /timeout awaiting response headers/.test(raw) ? 'http' : null;
}

/**
 * Any status is an answer of whoever listens there, but for those that are a fault of their own; of a storage or a mirror it is any, for
 * what is asked of these is nothing that they serve.
 */
function isStatusOfHost(message: string, role: ProbeAnswer['role']): boolean {
  if (message === 'Readiness probe succeeded') return true;
  const status = Number(/probe failed with statuscode: (\d{3})/.exec(message)?.[1] ?? 0);
  if (role === 'blob' || role === 'mirror') return status > 0;
  return status > 0 && status < 500 && status !== 429;
}
