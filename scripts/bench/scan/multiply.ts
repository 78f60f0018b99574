/*
 * Copies the pods and events that generate.ts made in etcd itself, which takes a minute where the API server takes an hour:
 *   node scripts/bench/scan/multiply.ts EXPECTED ETCD TIMES     e.g. expected.json http://127.0.0.1:2579 5
 * Of 10,000 pods, 5 makes 50,000. Names and uids are replaced by others of the same length, so that the stored protobuf stays what it was. EXPECTED is written anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [expectedFile = '', etcd = '', times = '5'] = process.argv.slice(2);
/** Operations of a transaction; etcd takes 128, and 1.5 MB. */
const atATime = 60;

interface Stored {
  readonly key: string;
  readonly value: string;
}

let copied = 0;
for (const prefix of ['/registry/pods/', '/registry/events/']) {
  for await (const all of pages(prefix)) {
    const page = all.filter(({ key }) => anew(key, 1) !== key);
    if (page.length === 0) continue;
    for (let copy = 1; copy < Number(times); copy++) {
      await ask('/v3/kv/txn', {
        success: page.map(({ key, value }) => ({ request_put: { key: anew(key, copy), value: anew(value, copy) } })),
      });
      copied += page.length;
    }
  }
}
interface Expected {
  readonly pod: string;
}
const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as Expected[];
const all = Array.from({ length: Number(times) }, (_, copy) => expected.map((one) => ({ ...one, pod: renamed(one.pod, copy) })));
writeFileSync(expectedFile, `${JSON.stringify(all.flat(), null, 1)}\n`);
console.log(`${copied} objects, ${all.flat().length} failing pods`);

/** The pages of what there is now, first collected as keys: what is written meanwhile does not come. */
async function* pages(prefix: string): AsyncGenerator<readonly Stored[]> {
  const end = encoded(prefix.replace(/\/$/, '0'));
  const { header } = await ask('/v3/kv/range', { key: encoded(prefix), range_end: end, limit: 1 });
  let from = encoded(prefix);
  for (;;) {
    const { kvs = [] } = await ask('/v3/kv/range', { key: from, range_end: end, limit: atATime, revision: header?.revision });
    if (kvs.length === 0) return;
    yield kvs;
    from = Buffer.concat([Buffer.from(kvs.at(-1)?.key ?? '', 'base64'), Buffer.from([0])]).toString('base64');
  }
}

async function ask(path: string, body: object): Promise<{ header?: { revision: string }; kvs?: readonly Stored[] }> {
  const response = await fetch(`${etcd}${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { header?: { revision: string }; kvs?: readonly Stored[] };
}

/** Of each pod's name the number at its end, of each uid the first digit, turned on so that no two copies have the same. */
function anew(base64: string, copy: number): string {
  const text = Buffer.from(base64, 'base64').toString('latin1');
  const uid = /(?<=\$)[0-9a-f](?=[0-9a-f]{7}-[0-9a-f]{4}-[1-9a-f][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})/g;
  const other = renamed(text, copy).replace(uid, (digit) => ((Number.parseInt(digit, 16) + copy) % 16).toString(16));
  return Buffer.from(other, 'latin1').toString('base64');
}

/** `app-0-7d4b8c6f9b-01234` to `…-11234`, `…-21234` and so on. */
function renamed(text: string, copy: number): string {
  return text.replace(/(?<=-[0-9a-f]{10}-)0(?=[0-9a-z]{4})/g, String(copy));
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64');
}
