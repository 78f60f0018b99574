const longest = 256;

/**
 * How many single-character edits (insert, delete, replace, swap of neighbours) lie between two texts: the optimal string alignment
 * distance. Texts longer than 256 characters are cut.
 * @param most further than this is not counted: `most + 1` stands for all that is. It bounds the time, which is by `most` times the length.
 */
export function editDistance(left: string, right: string, most = longest): number {
  const a = left.slice(0, longest);
  const b = right.slice(0, longest);
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const beyond = most + 1;
  let beforeLast = new Uint16Array(b.length + 1).fill(beyond);
  let last = Uint16Array.from(beforeLast, (_, column) => Math.min(column, beyond));
  let current = new Uint16Array(b.length + 1);
  let nearestBefore = 0;
  for (let row = 1; row <= a.length; row++) {
    current.fill(beyond);
    current[0] = Math.min(row, beyond);
    let nearest = at(current, 0);
    const end = Math.min(b.length, row + most);
    for (let column = Math.max(1, row - most); column <= end; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      current[column] = Math.min(edits, beyond);
      nearest = Math.min(nearest, edits);
    }
    // A swap reaches back over one row.
    if (nearest > most && nearestBefore > most) return beyond;
    nearestBefore = nearest;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return at(last, b.length);
}

function at(row: Uint16Array, column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
