import { CommandError } from '../program-errors.ts';
import { DescribeItems } from './describe-items.ts';
import type { Items } from './items.ts';
import { JsonItems } from './json-items.ts';
import { limits } from './limits.ts';
import type { SavedFile } from './saved-file.ts';
import { type TextKind, textKind } from './text-kind.ts';

/** What is told of the texts as they are read. */
export interface Texts extends Items {
  /** One object of `kubectl describe`. */
  described(lines: readonly string[]): void;
  /** A table of `kubectl get`, of which nothing can be read. */
  table(): void;
}

interface Reader {
  push(text: string): void;
  end(): void;
}

/** So much of a file tells what it is. */
const headLength = 16_384;

/**
 * Reads the texts among these files, one after the other; the others (logs, binaries) are passed over.
 * @throws CommandError where they are too much, the signal's reason
 */
export async function readTexts(files: AsyncIterable<SavedFile>, texts: Texts, name: string, signal: AbortSignal): Promise<void> {
  let total = 0;
  for await (const file of files) {
    if (file.isPart && isLog(file.name)) continue;
    const decoder = new Decoder();
    let head = '';
    let reader: Reader | null | undefined;
    for await (const chunk of file.chunks) {
      signal.throwIfAborted();
      total += chunk.length;
      if (total > limits.bytes) throw new CommandError(`error: ${name} is larger than ${limits.bytes / 1024 ** 3} GiB: name a part of it`);
      const text = decoder.decode(chunk);
      if (reader) reader.push(text);
      if (reader !== undefined) continue;
      head += text;
      if (head.length < headLength) continue;
      reader = await readerFor(head, texts);
      if (reader === null) break;
    }
    if (reader === undefined) reader = await readerFor(head, texts);
    reader?.end();
  }
}

/** In archives by far the most bytes are logs; those of applications are nobody's business here. */
function isLog(name: string): boolean {
  return /(?:\.log|\.log\.\d+|\.gz|\.html|\.prom)$|(?:^|\/)(?:logs|audit_logs|host_service_logs)\//.test(name);
}

/** null: it is nothing that is read. */
async function readerFor(head: string, texts: Texts): Promise<Reader | null> {
  const reader = await makeReader(textKind(head), texts);
  reader?.push(head);
  return reader;
}

async function makeReader(kind: TextKind | null, texts: Texts): Promise<Reader | null> {
  switch (kind) {
    case 'json':
      return new JsonItems(texts);
    case 'yaml':
      return new (await import('./yaml-items.ts')).YamlItems(texts);
    case 'describe':
      return new DescribeItems((lines) => texts.described(lines));
    case 'table':
      texts.table();
      return null;
    case null:
      return null;
  }
}

/** UTF-8, or what PowerShell's `>` writes: UTF-16 with its mark. */
class Decoder {
  #decoder: TextDecoder | undefined;

  decode(chunk: Uint8Array): string {
    this.#decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8');
    return this.#decoder.decode(chunk, { stream: true });
  }
}
