import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pages, type RawPage } from '../../../src/playbook/scan/pages.ts';
import { type Answer, type Asked, apiServer } from './api.ts';

type Page = RawPage & { readonly items: readonly number[] };

const expired = (token?: string): Answer => ({
  code: 410,
  body: {
    kind: 'Status',
    code: 410,
    reason: 'Expired',
    message: 'The provided continue parameter is too old',
    metadata: { continue: token },
  },
});

async function read(
  answer: (asked: Asked) => Answer,
): Promise<{ readonly numbers: readonly number[]; readonly asked: readonly (string | null)[] }> {
  const api = await apiServer(answer);
  try {
    const numbers: number[] = [];
    for await (const { items } of pages<Page>(api.cluster, '/api/v1/pods', { limit: 2 })) numbers.push(...items);
    return { numbers, asked: api.log.map(({ query }) => query.get('continue')) };
  } finally {
    api.stop();
  }
}

test('pages follow each other until there is no more', async () => {
  const { numbers, asked } = await read(({ query }) => {
    const from = Number(query.get('continue') ?? 0);
    return { body: { metadata: from < 4 ? { continue: String(from + 2) } : {}, items: [from, from + 1] } };
  });
  assert.deepEqual(numbers, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(asked, [null, '2', '4']);
});

test('an expired page is gone on with where the server says', async () => {
  const { numbers, asked } = await read(({ query }) => {
    const token = query.get('continue');
    if (token === 'old') return expired('inconsistent');
    return token === null ? { body: { metadata: { continue: 'old' }, items: [1] } } : { body: { items: [2] } };
  });
  assert.deepEqual(numbers, [1, 2]);
  assert.deepEqual(asked, [null, 'old', 'inconsistent']);
});

test('without that it begins anew, a few times', async () => {
  let turn = 0;
  const { numbers } = await read(({ query }) => {
    if (query.get('continue') !== null) return turn++ === 0 ? expired() : { body: { items: [2] } };
    return { body: { metadata: { continue: 'old' }, items: [1] } };
  });
  assert.deepEqual(numbers, [1, 1, 2]);
  await assert.rejects(
    read(({ query }) => (query.get('continue') === null ? { body: { metadata: { continue: 'old' }, items: [1] } } : expired())),
    { code: 410 },
  );
});
