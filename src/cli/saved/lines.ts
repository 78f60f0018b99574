import { limits } from './limits.ts';

/** Text in pieces → its lines, without their ends. A line longer than any object is cut. */
export class Lines {
  #rest = '';
  readonly #see: (line: string) => void;

  constructor(see: (line: string) => void) {
    this.#see = see;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, limits.object);
    for (const line of lines) this.#see(line.endsWith('\r') ? line.slice(0, -1) : line);
  }

  end(): void {
    if (this.#rest !== '') this.#see(this.#rest);
    this.#rest = '';
  }
}
