import { limits } from './limits.ts';
import { Lines } from './lines.ts';

/** Reads what `kubectl describe` printed, one object at a time: each begins with its name at the margin. */
export class DescribeItems {
  readonly #item: (lines: readonly string[]) => void;
  readonly #lines = new Lines((line) => this.#line(line));
  #held: string[] = [];
  #length = 0;

  constructor(item: (lines: readonly string[]) => void) {
    this.#item = item;
  }

  push(text: string): void {
    this.#lines.push(text);
  }

  end(): void {
    this.#lines.end();
    this.#endItem();
  }

  #line(line: string): void {
    const isFirst = /^Name:\s+\S/.test(line);
    if (isFirst) this.#endItem();
    if (!isFirst && this.#held.length === 0) return;
    this.#length += line.length + 1;
    if (this.#length <= limits.object) this.#held.push(line);
  }

  #endItem(): void {
    if (this.#held.length > 0) this.#item(this.#held);
    this.#held = [];
    this.#length = 0;
  }
}
