import { fieldsOf, parseObject } from '../values/json-object.ts';

export interface RegistryError {
  readonly code: string;
  readonly message: string;
}

const mostErrors = 5;
const longestCode = 64;
const longestMessage = 500;
const longestSnippet = 200;

/**
 * The errors in the body of an answer: the distribution specification's `errors`, or the looser forms of token servers (`details`, `error`,
 * `error_description`, `message`). Cut in number and length. null: the body is not one of these.
 */
export function parseErrors(body: string): readonly RegistryError[] | null {
  const root = parseObject(body);
  if (!root) return null;
  if (Array.isArray(root.errors)) return root.errors.slice(0, mostErrors).map(toError);
  const message = [root.details, root.error_description, root.message, root.detail].find((value) => typeof value === 'string');
  const code = [root.error, root.code].find((value) => typeof value === 'string');
  if (message === undefined && code === undefined) return null;
  return [toError({ code: code ?? '', message: message ?? '' })];
}

function toError(value: unknown): RegistryError {
  const { code, message } = fieldsOf(value);
  return {
    code: typeof code === 'string' ? code.slice(0, longestCode) : '',
    message: typeof message === 'string' ? message.slice(0, longestMessage) : '',
  };
}

/** The beginning of a body that is not a registry's, on one line; null for an empty body and for JSON. */
export function snippet(body: string): string | null {
  const text = body.trim();
  if (text === '' || parseObject(text)) return null;
  return text
    .slice(0, longestSnippet * 4)
    .replace(/\s+/g, ' ')
    .slice(0, longestSnippet);
}
