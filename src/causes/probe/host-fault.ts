import type { HostRole } from '../../values/evidence.ts';
import type { Reading } from '../reader/pull-error.ts';
import type { ImageView } from '../view.ts';
import { nodeView, readAnswer } from './reading.ts';

/** A host beside the registry that the node does not get through to. */
export interface HostFault {
  readonly role: Exclude<HostRole, 'registry'>;
  /** With its port, unless that is HTTPS's. */
  readonly host: string;
  readonly reading: Reading;
}

/** Hosts that a runtime has left behind when the registry answers it. */
const passed: ReadonlySet<HostRole> = new Set<HostRole>(['token', 'mirror']);

/**
 * The first of the other hosts of the pull at which the way ends, as the kubelet or a tool saw it. It counts where the same prober reached
 * the registry, for else the node may have another way out, a proxy; and that of a token server or a mirror only while the runtime was not
 * answered: it needs the first, and has gone past the second.
 */
export function hostFault(view: ImageView): HostFault | null {
  const said = nodeView(view);
  if (said === null || !said.reached) return null;
  const answers = (view.probe?.answers ?? []).filter(({ message }) => message !== null);
  const direct = new Set(answers.filter((answer) => answer.role === undefined && readAnswer(answer).reached).map(({ prober }) => prober));
  for (const answer of answers) {
    const { role } = answer;
    if (role === undefined || !direct.has(answer.prober) || (passed.has(role) && said.prober === 'runtime')) continue;
    const { reached, layer, reading } = readAnswer(answer);
    if (!reached && (layer !== null || reading.code === 'connect-timeout'))
      return { role, host: URL.parse(answer.target)?.host ?? answer.target, reading };
  }
  return null;
}
