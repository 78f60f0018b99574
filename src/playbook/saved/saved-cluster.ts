import { type Cluster, ConnectionError, type Query } from '../../cluster/cluster.ts';
import { kinds, type SavedKind } from './kinds.ts';
import type { SavedObjects } from './objects.ts';
import { hasFields, hasLabels } from './selectors.ts';
import type { SavedObject } from './slim.ts';

/** What was asked of the API, as far as a file can answer it. */
interface Question {
  readonly kind: SavedKind;
  readonly plural: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/**
 * The objects of a file as a cluster that can only be read. What the file does not hold is answered with `not-collected`, never with "there
 * is none": whoever made the file may have left it out. For the same reason a list of pods says that there are more.
 * @param reachedBy flags by which the cluster is reached that the file came from, for the commands that are printed
 */
export function savedCluster(objects: SavedObjects, namespace: string, reachedBy?: readonly string[]): Cluster {
  const get = async <T>(path: string, query: Query = {}): Promise<T> => {
    const question = read(path);
    if (question === null) throw notCollected(path);
    const { kind, name, plural } = question;
    if (name !== undefined) return one(objects, question, name) as T;
    const uid = /^involvedObject\.uid=([^,]+)$/.exec(String(query.fieldSelector ?? ''))?.[1];
    if (query.continue !== undefined || !objects.has(kind, question.namespace)) throw notCollected(whatOf(plural, question.namespace));
    const among = kind === 'Event' && uid !== undefined ? objects.eventsOf(uid) : objects.each(kind, question.namespace, hintOf(query));
    const items: SavedObject[] = [];
    for (const item of among) if (isWanted(item, query)) items.push(item);
    return { metadata: kind === 'Pod' ? { continue: 'not in the file' } : {}, items } as T;
  };
  return {
    server: '',
    namespace,
    ...(reachedBy && { reachedBy }),
    get,
    getText: (path) => Promise.reject(notCollected(path)),
    create: (path) => Promise.reject(notCollected(path)),
    delete: (path) => Promise.reject(notCollected(path)),
    watch: (path) => {
      throw notCollected(path);
    },
    close: () => {},
  };
}

function one(objects: SavedObjects, { kind, plural, namespace }: Question, name: string): SavedObject {
  const found = objects.get(kind, namespace, name);
  if (found === undefined) throw notCollected(whatOf(plural, namespace, name));
  if (found.redacted === true) throw new ConnectionError('not-collected', 'its contents were taken out of the file');
  return found;
}

function isWanted(item: SavedObject, { fieldSelector, labelSelector }: Query): boolean {
  return (
    hasFields(fieldSelector === undefined ? undefined : String(fieldSelector), item) &&
    hasLabels(labelSelector === undefined ? undefined : String(labelSelector), item.metadata.labels)
  );
}

function read(path: string): Question | null {
  const [, namespace, plural = '', name] =
    /^\/(?:api|apis\/[^/]+)\/v\w+(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  const kind = Object.hasOwn(kinds, plural) ? kinds[plural as keyof typeof kinds] : null;
  if (kind === null) return null;
  const decode = (part: string | undefined) => (part === undefined ? undefined : decodeURIComponent(part));
  return { kind, plural, namespace: decode(namespace), name: decode(name) };
}

function whatOf(plural: string, namespace: string | undefined, name?: string): string {
  const what = name === undefined ? plural : `${plural.replace(/s$/, '')} ${name}`;
  return namespace === undefined ? what : `${what} of namespace ${namespace}`;
}

function notCollected(what: string): ConnectionError {
  return new ConnectionError('not-collected', what.startsWith('/') ? 'only a cluster can be asked for it' : what);
}

/** What the JSON of a pod on the wanted node has in it. */
function hintOf({ fieldSelector }: Query): string | undefined {
  const node = /(?:^|,)spec\.nodeName=([^,]+)/.exec(String(fieldSelector ?? ''))?.[1];
  return node === undefined ? undefined : `"nodeName":${JSON.stringify(node)}`;
}
