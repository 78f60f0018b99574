/** Longer than any message seen from a kubelet, short enough to keep. */
const longest = 16_384;

/** What a server says is capped: the beginning and the end are kept, where messages of wrapped errors hold what matters. */
export function shorten(text: string, limit = longest): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}
