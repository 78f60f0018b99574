import { fieldsOf, isObject } from '../../values/json-object.ts';

/** An object of a file: nothing of its shape is known. */
export type Json = Readonly<Record<string, unknown>>;

/** Longer texts than any that Kubernetes writes are cut. */
const longest = 32_768;
const mostItems = 1000;

export { fieldsOf as object, isObject };

export function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.slice(0, mostItems).filter(isObject) : [];
}

/** A text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A map of texts: labels, annotations. */
export function texts(value: unknown): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(fieldsOf(value)).slice(0, mostItems);
  const known = entries.flatMap(([key, one]) => (typeof one === 'string' ? [[key, one.slice(0, longest)] as const] : []));
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** Without the members that are not there. */
export function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
