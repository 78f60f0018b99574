import { loadAll, YAMLException } from 'js-yaml';

export interface Documents {
  readonly documents: readonly unknown[];
  /** What is wrong with those that could not be read, each in a few words. */
  readonly faults: readonly string[];
}

/** The documents of YAML or JSON. One that is broken does not spoil those beside it. */
export function parseDocuments(text: string): Documents {
  const whole = parse(text, 0);
  if (whole.faults.length === 0) return whole;
  const parts = split(text);
  if (parts.length < 2) return whole;
  const read = parts.map(({ text, line }) => parse(text, line));
  return { documents: read.flatMap(({ documents }) => documents), faults: read.flatMap(({ faults }) => faults) };
}

function parse(text: string, before: number): Documents {
  try {
    return { documents: loadAll(text) as unknown[], faults: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = before + (error.mark?.line ?? 0) + 1;
    return { documents: [], faults: [`line ${line}: ${error.reason}`] };
  }
}

/** At the marks between documents; `line` is how many lines stand before each. */
function split(text: string): readonly { readonly text: string; readonly line: number }[] {
  const starts = [0, ...[...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index)];
  return starts.map((start, i) => ({
    text: text.slice(start, starts[i + 1]),
    line: text.slice(0, start).split('\n').length - 1,
  }));
}
