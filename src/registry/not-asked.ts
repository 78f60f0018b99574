import type { ConnectionFault } from '../values/evidence.ts';

const outOfTime = 'out-of-time';
const unusableProxy = 'unusable-proxy';

/** Whether this is no fault of the network or the registry: the question was given up, or never left this machine. */
export function isNotAsked({ code }: ConnectionFault): boolean {
  return code === outOfTime || code === unusableProxy;
}

/** The time for all questions ended before this one was answered. */
export function outOfTimeFault(layer: ConnectionFault['layer'], message: string): ConnectionFault {
  return { layer, code: outOfTime, message };
}

/** The proxy that the environment names is none that can be gone through; going past it is not for us to decide. */
export function unusableProxyFault(message: string): ConnectionFault {
  return { layer: 'proxy', code: unusableProxy, message };
}
