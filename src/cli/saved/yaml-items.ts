import { load } from 'js-yaml';
import { isSavedKind } from '../../playbook/saved/kinds.ts';
import type { Items } from './items.ts';
import { limits } from './limits.ts';
import { Lines } from './lines.ts';

/**
 * Reads YAML documents as kubectl and collectors write them, holding one object at a time: the items of a list (`items:` at the margin)
 * come one by one. An object of a kind that does not matter is passed over unread.
 */
export class YamlItems {
  readonly #out: Items;
  readonly #lines = new Lines((line) => this.#line(line));
  #outer: string[] = [];
  #item: string[] = [];
  #length = 0;
  /** Where the dashes of the items stand; null: not in a list. */
  #dash: string | null = null;
  #isList = false;

  constructor(out: Items) {
    this.#out = out;
  }

  push(text: string): void {
    this.#lines.push(text);
  }

  end(): void {
    this.#lines.end();
    this.#endDocument();
  }

  #line(line: string): void {
    if (/^---(?:\s|$)/.test(line)) this.#endDocument();
    else if (this.#isList) this.#inList(line);
    else if (/^items:\s*$/.test(line)) this.#isList = true;
    else this.#keep(this.#outer, line);
  }

  #inList(line: string): void {
    const [, indent] = /^( {0,8})- /.exec(line) ?? [];
    if (indent !== undefined && (this.#dash === null || this.#dash === indent)) {
      this.#endItem();
      this.#dash = indent;
      this.#keep(this.#item, `${indent}  ${line.slice(indent.length + 2)}`);
    } else if (/^[^\s#-]/.test(line)) {
      this.#endItem();
      this.#keep(this.#outer, line);
    } else this.#keep(this.#item.length > 0 ? this.#item : this.#outer, line);
  }

  #keep(lines: string[], line: string): void {
    this.#length += line.length + 1;
    if (this.#length <= limits.object) lines.push(line);
  }

  #endItem(): void {
    if (this.#item.length > 0) this.#parse(this.#item, this.#dash ?? '');
    this.#item = [];
    this.#length = 0;
  }

  #endDocument(): void {
    this.#endItem();
    if (!this.#isList && this.#outer.some((line) => line.trim() !== '')) this.#parse(this.#outer, null);
    [this.#outer, this.#dash, this.#isList, this.#length] = [[], null, false, 0];
  }

  /** @param dash of an item: how far its dash was indented */
  #parse(lines: readonly string[], dash: string | null): void {
    if (this.#length > limits.object) {
      this.#out.skipped();
      return;
    }
    const start = dash === null ? 'kind: ' : `${dash}  kind: `;
    const kind = lines
      .find((line) => line.startsWith(start))
      ?.slice(start.length)
      .trim();
    if (kind !== undefined && /^\w+$/.test(kind) && !isRead(kind)) return;
    try {
      const value = load(lines.join('\n'), { maxDepth: limits.nesting, maxAliases: 100 });
      this.#out.item(value, dash === null ? undefined : this.#listKind());
    } catch {
      this.#out.skipped();
    }
  }

  /** As far as it stands before the items. */
  #listKind(): string | undefined {
    const line = this.#outer.find((line) => /^kind: \w+List\s*$/.test(line));
    return line === undefined ? undefined : line.slice('kind: '.length).trim();
  }
}

/** Evidence, an object that matters, or a list that may have such. */
function isRead(kind: string): boolean {
  return kind === 'List' || kind.startsWith('PullEvidence') || isSavedKind(kind.replace(/List$/, ''));
}
