import { limits } from './limits.ts';

/** So much of a document's end tells whether a list of items begins. */
const tail = 40;

/** Text that is kept until it can be parsed; more than one object can have is let go at once. */
export class Capture {
  #parts: string[] = [];
  #length = 0;
  #end = '';
  #isSpoilt = false;

  add(text: string): void {
    this.#length += text.length;
    this.#end = (this.#end + text.slice(-tail)).slice(-tail);
    if (this.#length > limits.object) this.spoil();
    if (!this.#isSpoilt) this.#parts.push(text);
  }

  spoil(): void {
    this.#isSpoilt = true;
    this.#parts = [];
  }

  start(length: number): string {
    return this.#parts.join('').slice(0, length);
  }

  end(): string {
    return this.#end;
  }

  /** undefined: it cannot be read. */
  parse(): unknown {
    if (this.#isSpoilt) return undefined;
    try {
      return JSON.parse(this.#parts.join('')) as unknown;
    } catch {
      return undefined;
    }
  }
}
