import { limits } from './limits.ts';

/** Text in pieces → its lines, without their ends. A line longer than any object is cut. */
export class Lines {
  #rest = '';
  readonly #see: (line: string) => void;

  constructor(see: (line: string) => void) {
    this.#see = see;
  }

  push(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      this.#hold(text.slice(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#hold(text.slice(from));
  }

  end(): void {
    if (this.#rest !== '') this.#see(this.#rest);
    this.#rest = '';
  }

  #hold(part: string): void {
    const room = limits.object - this.#rest.length;
    if (room > 0) this.#rest += part.slice(0, room);
  }

  #endLine(): void {
    const line = this.#rest;
    this.#rest = '';
    this.#see(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}
