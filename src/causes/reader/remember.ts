/** As many as a large scan has different texts; then it begins anew. */
const most = 1000;

/** A pure function of a text, that answers from memory where it was asked the same before: one run reads the same few texts many times. */
export function remember<T>(work: (text: string, image?: string) => T): (text: string, image?: string) => T {
  const known = new Map<string, T>();
  return (text, image) => {
    const key = `${image ?? ''}\n${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = work(text, image);
    if (known.size >= most) known.clear();
    known.set(key, result);
    return result;
  };
}
