// Makes a must-gather of many pods: node scripts/bench/saved/make.ts FILE json|yaml MEGABYTES (.tar, or .tar.gz)
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { dump } from 'js-yaml';
import { header } from '../../package/archive/tar.ts';
import { namespaceName, plan } from '../scan/pods.ts';

const [, , file = '', format = 'json', megabytes = '500'] = process.argv;
const podBytes = format === 'json' ? 5540 : 4670;
const pods = Math.floor((Number(megabytes) * 1e6) / podBytes);
const namespaces = 200;
const size = { pods, failing: 500, namespaces, nodes: 50 };
const write = format === 'json' ? (list: object) => JSON.stringify(list, null, 1) : (list: object) => dump(list);

/** A list of the pods of each namespace, as the collector writes it. */
function* archive(): Generator<Buffer> {
  const byNamespace = Map.groupBy(
    Array.from({ length: pods }, (_, index) => index),
    (index) => plan(index, size).namespace,
  );
  for (let number = 0; number < namespaces; number++) {
    const namespace = namespaceName(number);
    const items = (byNamespace.get(namespace) ?? []).map((index) => pod(index));
    const data = Buffer.from(write({ apiVersion: 'v1', kind: 'PodList', items }));
    yield header(`must-gather/registry/namespaces/${namespace}/core/pods.${format}`, 0o644, data.length, 0);
    yield data;
    yield Buffer.alloc(-data.length & 511);
  }
  yield Buffer.alloc(1024);
}

function pod(index: number): object {
  const { namespace, object, status } = plan(index, size);
  const { metadata, ...rest } = object as { metadata: object };
  return { ...rest, metadata: { ...metadata, namespace, uid: `uid-${index}`, creationTimestamp: '2026-01-01T00:00:00Z' }, status };
}

const out = createWriteStream(file);
if (file.endsWith('.gz')) await pipeline(Readable.from(archive()), createGzip({ level: 1 }), out);
else await pipeline(Readable.from(archive()), out);
console.log(`${pods} pods, 500 failing`);
