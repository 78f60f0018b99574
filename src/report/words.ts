import { quote } from '../words/text.ts';
import { cutMiddle, limits } from './escape.ts';

/**
 * What wraps a runtime's words, and repeats the image's name: kubelet and containerd (kubelet image_manager.go, containerd client/pull.go).
 */
const wrappers = [
  /^Failed to pull image "[^"]*": /,
  /^Back-off pulling image "[^"]*": /,
  /^(?:Error|ErrImagePull|ImagePullBackOff): /,
  /^rpc error: code = \w+ desc = /,
  /^failed to pull and unpack image "[^"]*": /,
  /^failed to resolve reference "[^"]*": /,
  /^failed to resolve image: /,
  /^\(combined from similar events\): /,
  /^Failed to create pod sandbox: /,
  /^failed to (?:start|create|setup) sandbox "[^"]*": /,
  /^failed to get sandbox image "[^"]*": /,
  /^failed to pull image "[^"]*": /,
  /^image pull failed for \S+ because the registry is unavailable: /,
] as const;

/**
 * The runtime's own words, verbatim, without the wrapping in front, whose absence a `…` shows. The whole text stands in the ledger.
 * @param most longest result in characters; what is longer loses its middle
 */
export function runtimeWords(message: string, most: number = limits.finding): string {
  const trimmed = message.trim();
  const core = unwrap(trimmed);
  return cutMiddle(core === trimmed ? trimmed : `…${core}`, most);
}

function unwrap(message: string): string {
  for (const wrapper of wrappers) {
    const rest = message.replace(wrapper, '');
    if (rest !== message && rest !== '') return unwrap(rest);
  }
  return message;
}

/** The words in quotes, so that it is plain that they are another program's. */
export function quoteWords(message: string, most?: number): string {
  return quote(runtimeWords(message, most));
}
