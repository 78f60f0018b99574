/** One challenge of a WWW-Authenticate header (RFC 9110 §11.6.1). Scheme and parameter names are in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const longestHeader = 8192;
const mostChallenges = 10;
const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const quoted = /"((?:[^"\\]|\\[\s\S])*)"/y;
const separators = /[\s,]*/y;
const equals = /\s*=\s*/y;
const blanks = / +/y;
const token68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;

/**
 * Reads all challenges of a header, also several in one line and several schemes. What cannot be read ends the list: challenges before it
 * count. A first parameter of a name wins over a later one of the same name.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const reader = createReader(header.slice(0, longestHeader));
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  while (challenges.length <= mostChallenges) {
    reader.take(separators);
    const name = reader.take(token)?.[0];
    if (name === undefined) break;
    const current = challenges.at(-1);
    if (current && reader.take(equals)) {
      const value = reader.take(quoted)?.[1]?.replace(/\\([\s\S])/g, '$1') ?? reader.take(token)?.[0];
      if (value === undefined) break;
      if (!Object.hasOwn(current.parameters, name.toLowerCase())) current.parameters[name.toLowerCase()] = value;
      continue;
    }
    challenges.push({ scheme: name.toLowerCase(), parameters: {} });
    if (reader.take(blanks) && !reader.startsParameter()) reader.take(token68);
  }
  return challenges.slice(0, mostChallenges);
}

function createReader(text: string) {
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match) position += match[0].length;
    return match;
  };
  const startsParameter = (): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=\s*(?:"|[^\s,=])/.test(text.slice(position));
  return { take, startsParameter };
}

/** The challenge that is answered: bearer before basic, as containerd does; null where there is neither. */
export function chooseChallenge(header: string | undefined): Challenge | null {
  const challenges = parseChallenges(header ?? '');
  return challenges.find(({ scheme }) => scheme === 'bearer') ?? challenges.find(({ scheme }) => scheme === 'basic') ?? null;
}
