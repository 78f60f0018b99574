/** Repeatable random choices (a linear congruential generator: numerical recipes, ranqd1). */
export interface Random {
  /** From 0 up to, and without, 1. */
  number(): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Up to `most` pieces in a row. */
  repeat(piece: () => string, most: number): string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const number = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    number,
    chance: (probability) => number() < probability,
    pick: <T>(choices: readonly T[]) => choices[Math.floor(number() * choices.length)] as T,
    repeat: (piece, most) => Array.from({ length: Math.floor(number() * (most + 1)) }, piece).join(''),
  };
}
