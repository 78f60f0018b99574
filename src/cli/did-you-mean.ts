import { editDistance } from '../image/edit-distance.ts';

/** Words near to a mistyped one, nearest first: at most two edits away, beginning with it, or (from four letters on) holding it. */
export function near(word: string, candidates: readonly string[]): string[] {
  const typed = word.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= 2 || contains(candidate.toLowerCase(), typed))
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
}

/** cobra's paragraph after an unknown word, where one is near, and the end of the line before whatever follows. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = near(word, candidates).slice(0, 5);
  return found.length === 0 ? '\n' : `\n\nDid you mean this?\n${found.map((candidate) => `\t${candidate}\n`).join('')}\n`;
}

function contains(candidate: string, typed: string): boolean {
  return typed.length > 0 && (candidate.startsWith(typed) || (typed.length >= 4 && candidate.includes(typed)));
}
