import type { Obstacle } from '../../values/evidence.ts';

/** No answer, in the words that Go's network library has for it: without kubectl's prefix, which depends on the server. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly kind: Obstacle['kind'];
  constructor(kind: Obstacle['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
