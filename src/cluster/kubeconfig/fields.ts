/** Reads typed fields of decoded YAML as Go's decoder does: absent and null are empty, a wrong type is an error that names the field. */

export type Fields = Readonly<Record<string, unknown>>;

export function asFields(value: unknown, where: string): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Fields;
  throw wrongType(value, where, 'object');
}

export function asList(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw wrongType(value, where, 'list');
}

export function text(fields: Fields, key: string, where: string): string {
  const value = fields[key];
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw wrongType(value, `${where}.${key}`, 'string');
}

export function flag(fields: Fields, key: string, where: string): boolean {
  const value = fields[key];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  throw wrongType(value, `${where}.${key}`, 'bool');
}

export function texts(fields: Fields, key: string, where: string): readonly string[] {
  return asList(fields[key], `${where}.${key}`).map((value) => {
    if (typeof value === 'string') return value;
    throw wrongType(value, `${where}.${key}`, 'string');
  });
}

/** A map of texts, or of lists of texts: `read` turns each value. */
export function mapped<T>(
  fields: Fields,
  key: string,
  where: string,
  read: (inner: Fields, name: string, where: string) => T,
): Map<string, T> {
  const inner = asFields(fields[key], `${where}.${key}`);
  return new Map(Object.keys(inner).map((name) => [name, read(inner, name, `${where}.${key}`)]));
}

/** A `*-data` field: base64 in the file, bytes here. null where it is absent or empty. */
export function base64(fields: Fields, key: string, where: string): Buffer | null {
  const encoded = text(fields, key, where).replace(/[\r\n]/g, '');
  if (encoded === '') return null;
  const valid = /^[A-Za-z0-9+/]*={0,2}$/.exec(encoded);
  if (!valid || encoded.length % 4 !== 0) {
    const at = encoded.search(/[^A-Za-z0-9+/]/);
    throw new Error(`illegal base64 data at input byte ${at < 0 ? encoded.length : at}`);
  }
  return Buffer.from(encoded, 'base64');
}

function wrongType(value: unknown, where: string, wanted: string): Error {
  const got = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return new Error(`json: cannot unmarshal ${got} into Go struct field ${where} of type ${wanted}`);
}
