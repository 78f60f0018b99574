import { isObject } from '../values/json-object.ts';

/** An object out of a manifest, of which nothing is known. */
export type Json = Readonly<Record<string, unknown>>;

/** The objects of an array; none where it is no array. */
export function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text that is not empty. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
