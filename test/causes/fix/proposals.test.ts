import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { NodeFacts, Proposal } from '../../../src/values/evidence.ts';
import { richView } from '../view-builder.ts';

function proposing(...proposals: readonly Proposal[]): ImageView {
  const view = richView();
  return { ...view, registry: view.registry && { ...view.registry, tags: null, proposals } };
}

const moved: Proposal = { reference: 'registry.k8s.io/pause:3.9', why: 'moved', verified: true };
const guess: Proposal = { reference: 'registry.example.com/guess:1', why: 'separator', verified: false };
const spelt: Proposal = { reference: 'registry.example.com/pay-ment:v2.1.3', why: 'separator', verified: true };

for (const code of ['repository-not-found', 'not-found-or-denied', 'manifest-not-found'] as const) {
  test(`${code}: what its registry served is the first fix, and nothing that it did not serve is one`, () => {
    const view = proposing(guess, moved, spelt);
    const [first, second] = catalogue[code].fixes(view);
    assert.deepEqual(first?.commands, ['kubectl -n shop set image deployment/payment app=registry.k8s.io/pause:3.9']);
    assert.match(second?.title ?? '', /^or use the repository without the mistake/);
    assert.ok(!JSON.stringify(catalogue[code].fixes(view)).includes('guess'));
  });
}

test("a registry that wants a login: another registry's image comes after the secret, and its own before", () => {
  const elsewhere: Proposal = { reference: 'open.example.com/payment:v2.1.3', why: 'in-use', verified: true };
  const tried = proposing(elsewhere, spelt);
  const untried = { ...tried, credentials: { container: 'app', kind: 'container' as const, tries: [], nearest: null } };
  for (const view of [tried, untried]) {
    const titles = catalogue['not-found-or-denied'].fixes(view).map(({ title }) => title);
    assert.match(titles[0] ?? '', /^use the repository without the mistake/);
    assert.ok(titles.findIndex((title) => /if it is private/.test(title)) > 0, titles.join());
    assert.match(titles.at(-1) ?? '', /^or use the repository that other pods here run from, if what another registry has will do/);
  }
  const only = { ...proposing(elsewhere), credentials: untried.credentials };
  assert.match(catalogue['not-found-or-denied'].fixes(only)[0]?.title ?? '', /^if it is private/);
});

test('where the name does not resolve, only another host is a cure, and none where it resolves elsewhere', () => {
  const alone = { ...proposing(spelt, moved), neighbours: null };
  const commands = (view: ImageView) => catalogue['dns-failure'].fixes(view).flatMap((fix) => fix.commands);
  assert.equal(commands(alone)[0], 'kubectl -n shop set image deployment/payment app=registry.k8s.io/pause:3.9');
  assert.ok(!commands(alone).join().includes('pay-ment'));
  assert.ok(!commands(proposing(moved)).join().includes('registry.k8s.io'));
});

const arm = { os: 'linux', architecture: 'arm64' };
function among(platforms: NodeFacts['platforms']): ImageView {
  const view = richView();
  return { ...view, node: view.node && { ...view.node, ...(platforms && { platforms }) } };
}
const selectors = (view: ImageView) =>
  catalogue['platform-mismatch'].fixes(view).filter((fix) => JSON.stringify(fix).includes('nodeSelector'));

test('the nodes that can run the image are named, with the selector to paste', () => {
  const [fix] = selectors(
    among({
      value: [
        { name: 'arm-1', platform: arm },
        { name: 'x', platform: { os: 'linux', architecture: 'amd64' } },
      ],
    }),
  );
  assert.match(fix?.title ?? '', /linux\/arm64 nodes only: arm-1$/);
  assert.match(fix?.commands[0] ?? '', /"kubernetes\.io\/arch":"arm64","kubernetes\.io\/os":"linux"/);
});

test('where no node can, none is proposed; where they may not be read, it is said with care', () => {
  const none = among({ value: [{ name: 'x', platform: { os: 'linux', architecture: 'amd64' } }] });
  assert.deepEqual(selectors(none), []);
  assert.match(catalogue['platform-mismatch'].explanation(none), /No node of this cluster can run it\./);
  const [fix] = selectors(among({ obstacle: { kind: 'forbidden', message: 'nodes is forbidden' } }));
  assert.match(fix?.title ?? '', /if the cluster has any$/);
});
