/** Words near to a mistyped one, nearest first: at most two edits away, beginning with it, or (from four letters on) holding it. */
export function near(word: string, candidates: readonly string[]): string[] {
  const typed = word.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= 2 || contains(candidate.toLowerCase(), typed))
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
}

/** cobra's paragraph after an unknown word; empty where nothing is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = near(word, candidates).slice(0, 5);
  return found.length === 0 ? '' : `\n\nDid you mean this?\n${found.map((candidate) => `\t${candidate}\n`).join('')}`;
}

function contains(candidate: string, typed: string): boolean {
  return typed.length > 0 && (candidate.startsWith(typed) || (typed.length >= 4 && candidate.includes(typed)));
}

/** Levenshtein's distance, as cobra counts it. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
