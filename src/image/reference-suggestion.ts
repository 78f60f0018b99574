type Repair = (text: string) => string;

/** The usual mistakes in image names, each with the edit that undoes it. Applied one after the other until the name is valid. */
const repairs: readonly Repair[] = [
  (text) => text.replace(/^[\s"']+|[\s"']+$/g, ''),
  (text) => text.replace(/^(?:https?|docker|oci):\/\//i, ''),
  (text) => text.replace(/\$\{\{?\s*([^}]*?)\s*\}?\}|\{\{\s*([^}]*?)\s*\}\}|\$\(([^)]*)\)|<([^>]*)>|\$([A-Za-z_]\w*)/g, placeholder),
  (text) => text.replace(/^hub\.docker\.com\/(?:r|_)\//, 'docker.io/'),
  (text) => text.replace(/^([^/]+\.[^/]+)\/v[12]\//, '$1/'),
  (text) => text.replace(/(?<!:)\/{2,}/g, '/'),
  (text) => text.replace(/[\s]+/g, ''),
  (text) => text.replace(/\/+(?=$|:)/, ''),
  (text) => text.replace(/:(?=$|@)/, ':TAG'),
  (text) => text.replace(/@$/, ''),
  (text) => text.replace(/^([^@]+)(@[^@:]+:[0-9a-fA-F]+):([\w][\w.-]*)$/, '$1:$3$2'),
  lowerRepository,
];

/**
 * The valid image name nearest to one that is not, or null where the mistake is not one of the usual: a scheme, upper case, blanks and
 * quotes, a template that was not filled in, an empty tag, doubled slashes, a page of the Docker Hub web site, an API path.
 */
export function suggestReference(text: string, isValid: (text: string) => boolean): string | null {
  let repaired = text;
  for (const repair of repairs) {
    repaired = repair(repaired);
    if (repaired !== text && isValid(repaired)) return repaired;
  }
  return null;
}

/** `${IMAGE_TAG}`, `{{ .Values.image.tag }}`, `<tag>` become a name in capitals, the convention for "to be filled in". */
function placeholder(_match: string, ...groups: unknown[]): string {
  const inner = groups.slice(0, 5).find((group) => typeof group === 'string');
  const word = /(\w+)\W*$/.exec(typeof inner === 'string' ? inner : '')?.[1];
  return word ? word.toUpperCase() : 'TAG';
}

/** Lower-cases the path, and neither the tag nor a digest, in which case has a meaning. */
function lowerRepository(text: string): string {
  const [name = '', ...digest] = text.split('@');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const path = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? '' : name.slice(colon);
  return [path.toLowerCase() + tag, ...digest].join('@');
}
