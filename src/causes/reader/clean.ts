/** What of a text is read, in characters: the beginning, where the wrappers and names are, and the end, where the innermost clause is. */
const headLength = 24 * 1024;
const tailLength = 8 * 1024;

const ansiSequence = /\u001b(?:\[[0-9;:?<=>]{0,64}[ -/]{0,4}[@-~]|\][^\u0007\u001b]{0,256}(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
const whitespaceControl = /[\t\n\v\f\r\u0085\u2028\u2029]/g;
const otherControl = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '\\u003c': '<',
  '\\u003e': '>',
  '\\u0026': '&',
  '\\u0022': '"',
  '\\u0027': "'",
};

/** A text longer than the limit keeps its head and its tail. */
export function cap(text: string): string {
  return text.length <= headLength + tailLength ? text : `${text.slice(0, headLength)} … ${text.slice(-tailLength)}`;
}

/**
 * One line of plain text: colours and control bytes taken out, escaped quotes and line ends resolved however often they were escaped,
 * folded lines joined, runs of blanks made one. Linear in the length of the text.
 */
export function clean(text: string): string {
  const plain = cap(text)
    .replace(ansiSequence, '')
    .replace(whitespaceControl, ' ')
    .replace(otherControl, '')
    .replace(/&(?:quot|apos|lt|gt|amp|#34|#39);/gi, (entity) => entities[entity.toLowerCase()] ?? entity);
  return (plain.includes('\\') ? unescapeQuotes(plain) : plain)
    .replace(/":(?=[a-z]{2})/gi, '": ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Quotes and line ends that were escaped, once or more often; a backslash in a Windows path stays. */
function unescapeQuotes(text: string): string {
  return text
    .replace(/\\u00(?:3c|3e|26|22|27)/gi, (entity) => entities[entity.toLowerCase()] ?? entity)
    .replace(/\\{1,16}(["'])/g, '$1')
    .replace(/(?<![\w:\\])((?:\\{1,8}[nrt])+)/g, ' ')
    .replace(/(?<=[\w:])((?:\\{1,8}[nrt])+)(?=[\s"'[{(*A-Z\d<-]|$)/g, ' ')
    .replace(/(?<=[a-z] ?)\\n(?=(?:denied|unauthorized|unknown|toomanyrequests|unavailable|unsupported|errors)\b)/g, ' ');
}
