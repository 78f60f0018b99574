import { Capture } from './capture.ts';
import type { Items } from './items.ts';
import { limits } from './limits.ts';

const quote = 0x22;
const backslash = 0x5c;

/**
 * Reads JSON documents that follow each other, of any length, holding one object at a time: the items of a list (`{"items": […]}`, or an
 * array) come one by one. Between documents other text may stand, as the logs do that `kubectl cluster-info dump` prints.
 */
export class JsonItems {
  readonly #out: Items;
  /** The document but for its items. */
  #outer = new Capture();
  #inner = new Capture();
  #depth = 0;
  /** The depth of the list whose items come one by one; 0: there is none. */
  #listDepth = 0;
  #inString = false;
  #escaped = false;
  /** In a log, or in a line between documents that begins none. */
  #inLog = false;
  #between = '';

  constructor(out: Items) {
    this.#out = out;
  }

  push(text: string): void {
    let at = 0;
    while (at < text.length) at = this.#depth === 0 ? this.#outside(text, at) : this.#inside(text, at);
  }

  end(): void {
    if (this.#depth > 0) this.#out.skipped();
  }

  /** Up to the next document: a line that begins with a bracket, outside of what `==== START logs` and `==== END logs` enclose. */
  #outside(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const char = text[at] as string;
      if (char === '\n') {
        if (this.#between.startsWith('==== START logs')) this.#inLog = true;
        if (this.#between.startsWith('==== END logs')) this.#inLog = false;
        this.#between = '';
      } else if ((char === '{' || char === '[') && this.#between.trim() === '' && !this.#inLog) {
        this.#between = '';
        this.#outer = new Capture();
        this.#depth = 1;
        this.#listDepth = char === '[' ? 1 : 0;
        this.#outer.add(char);
        return at + 1;
      } else if (this.#between.length < 40) this.#between += char;
    }
    return text.length;
  }

  /** One stretch of a document: up to where what it belongs to changes. */
  #inside(text: string, from: number): number {
    const capture = this.#isInItem() ? this.#inner : this.#outer;
    const isInItem = this.#isInItem();
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === backslash) this.#escaped = true;
        else if (code === quote) this.#inString = false;
        continue;
      }
      if (code === quote) this.#inString = true;
      else if (code === 0x7b || code === 0x5b) {
        if (!isInItem && this.#listDepth === 0 && this.#depth === 1 && code === 0x5b) {
          capture.add(text.slice(from, at + 1));
          this.#depth++;
          if (/"items"\s*:\s*\[$/.test(capture.end())) this.#listDepth = this.#depth;
          return at + 1;
        }
        if (!isInItem && this.#listDepth === this.#depth && this.#listDepth > 0) {
          this.#inner = new Capture();
          this.#inner.add(text[at] as string);
          this.#depth++;
          return at + 1;
        }
        this.#depth++;
      } else if (code === 0x7d || code === 0x5d) {
        this.#depth--;
        if (isInItem && this.#depth === this.#listDepth) {
          capture.add(text.slice(from, at + 1));
          this.#emit(capture);
          return at + 1;
        }
        if (!isInItem && this.#depth < this.#listDepth) this.#listDepth = Number.POSITIVE_INFINITY;
        if (this.#depth === 0) {
          capture.add(text.slice(from, at + 1));
          this.#endDocument();
          return at + 1;
        }
      }
      if (this.#depth > limits.nesting) capture.spoil();
    }
    capture.add(text.slice(from));
    return text.length;
  }

  #isInItem(): boolean {
    return this.#listDepth > 0 && this.#depth > this.#listDepth;
  }

  #emit(capture: Capture): void {
    const value = capture.parse();
    if (value === undefined) this.#out.skipped();
    else this.#out.item(value, this.#kind());
  }

  /** Of the list, as far as it stands before its items. */
  #kind(): string | undefined {
    return /^\s*\{(?:[^[{]*,)?\s*"kind"\s*:\s*"(\w{1,80})"/.exec(this.#outer.start(400))?.[1];
  }

  #endDocument(): void {
    const isList = this.#listDepth > 0;
    this.#listDepth = 0;
    if (isList) return;
    const value = this.#outer.parse();
    if (value === undefined) this.#out.skipped();
    else this.#out.item(value, undefined);
  }
}
