import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undoRollout } from '../../../src/causes/fix/rollout.ts';
import { takeLaterSecrets } from '../../../src/causes/fix/service-account.ts';
import { changePodSpec, retryNow, setImage } from '../../../src/causes/fix/workload.ts';
import { judge } from '../../../src/causes/judge.ts';
import type { CauseCode } from '../../../src/values/cause-code.ts';
import type { Rollout, RolloutChange } from '../../../src/values/evidence.ts';
import { container, evidence, pod, richView, view } from '../view-builder.ts';

test('what deletes the pod says so', () => {
  assert.equal(
    changePodSpec(view(), {}, 'give the pod a secret').title,
    'give the pod a secret; this deletes the pod and makes it again, without what it has written and without restoring it if it is not admitted',
  );
  const job = view({ pod: pod({ owner: { kind: 'Job', name: 'migrate' } }) });
  assert.match(changePodSpec(job, {}, 'give the pod a secret').title, /deletes the Job and its pods/);
  const spec = richView().evidence.spec;
  assert.ok(spec.outcome === 'done');
  const facts = { ...spec.facts, pullSecrets: [], serviceAccount: { value: { name: 'default', pullSecrets: ['late'] } } };
  const bare = view({ evidence: evidence({ spec: { ...spec, facts } }) });
  assert.match(takeLaterSecrets(bare)[0]?.title ?? '', /this deletes the pod and makes it again/);
});

test('a type of another group is named with it, and is not taken for the one of Kubernetes', () => {
  const of = (kind: string, group: string) => view({ pod: pod({ owner: { kind, name: 'web', group } }) });
  assert.deepEqual(setImage(of('Rollout', 'argoproj.io'), 'web:2', 'use web:2'), {
    title: 'use web:2, in Rollout web',
    commands: ['kubectl -n shop edit rollout.argoproj.io web'],
  });
  assert.deepEqual(changePodSpec(of('Job', 'batch.volcano.sh'), {}, 'x').commands, ['kubectl -n shop edit job.batch.volcano.sh web']);
  assert.deepEqual(retryNow(of('StatefulSet', 'apps.kruise.io')).commands, []);
  const rolled = pod({ owner: { kind: 'StatefulSet', name: 'web', group: 'apps.kruise.io' }, rollout: rollout({}) });
  assert.equal(undoRollout(view({ pod: rolled }), 'manifest-not-found'), null);
  const argo = pod({ owner: { kind: 'Rollout', name: 'web', group: 'argoproj.io' }, rollout: rollout({}) });
  assert.deepEqual(undoRollout(view({ pod: argo }), 'manifest-not-found')?.commands, ['kubectl argo rollouts undo web -n shop']);
});

const image = container().image;
const rollout = (previous: Partial<NonNullable<Rollout['previous']>> | null, newest = true): Rollout => ({
  newest,
  previous: previous && { revision: 4, images: { app: 'registry.example.com/payment:v2.1.2' }, pullSecrets: [], ready: 2, ...previous },
});
const undo = (kind: string, facts: Rollout | undefined, code: CauseCode = 'manifest-not-found') =>
  undoRollout(view({ pod: pod({ owner: { kind, name: 'payment' }, ...(facts && { rollout: facts }) }) }), code);

test('the newest revision of a workload can be undone, to one that runs another image', () => {
  assert.deepEqual(undo('Deployment', rollout({})), {
    title: 'go back to the previous revision while you mend it (registry.example.com/payment:v2.1.2, of which 2 pods are ready now)',
    commands: ['kubectl -n shop rollout undo deployment/payment'],
    ran: true,
  });
  assert.deepEqual(undo('StatefulSet', rollout({ ready: null }))?.commands, [
    'kubectl -n shop rollout undo statefulset/payment',
    'kubectl -n shop delete pod payment-7d4b8c6f9b-xyz12',
  ]);
  assert.match(undo('Deployment', rollout({ ready: 0, pods: 0 }))?.title ?? '', /whether it ran is not known: none of its pods is left/);
});

test('it is not undone where that would change nothing, or is not known', () => {
  assert.equal(undo('Deployment', undefined), null);
  assert.equal(undo('Deployment', rollout(null)), null);
  assert.equal(undo('Deployment', rollout({}, false)), null);
  assert.equal(undo('Deployment', rollout({ images: { app: image } })), null);
  assert.equal(undo('Job', rollout({})), null);
  assert.equal(undo('Deployment', rollout({ ready: 0, pods: 3 })), null, 'its pods do not run either');
});

test('what else a revision changed counts for the causes that it bears on', () => {
  const changed = (what: RolloutChange['what'], container?: string): Rollout => ({
    ...rollout({ images: { app: image } }),
    revision: 5,
    changes: [{ what, before: 'a', after: 'b', ...(container && { container }) }],
  });
  const codes = ['auth-required', 'platform-mismatch', 'never-pull', 'manifest-not-found'] as const;
  const undone = (facts: Rollout) => codes.filter((code) => undo('Deployment', facts, code) !== null);
  assert.deepEqual(undone(changed('serviceAccount')), ['auth-required']);
  assert.deepEqual(undone(changed('nodeSelector')), ['platform-mismatch', 'never-pull']);
  assert.deepEqual(undone(changed('pullPolicy', 'app')), ['auth-required', 'never-pull']);
  assert.deepEqual(undone(changed('pullPolicy', 'other')), []);
});

test('it comes first, last where it is not known to have run, and only where the template is at fault', () => {
  const of = (waiting: { reason: string; message: string }, facts = rollout({})) => {
    const subject = pod({ owner: { kind: 'Deployment', name: 'payment' }, rollout: facts });
    const describe = { outcome: 'done', milliseconds: 1, facts: { containers: [container({ waiting })] } } as const;
    return judge(evidence({ pod: subject, describe }))[0];
  };
  const absent = {
    reason: 'ErrImagePull',
    message: `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
  };
  assert.match(of(absent)?.fixes[0]?.commands[0] ?? '', /rollout undo/);
  assert.deepEqual(Object.keys(of(absent)?.fixes[0] ?? {}), ['title', 'commands']);
  assert.match(of(absent, rollout({ ready: 0, pods: 0 }))?.fixes.at(-1)?.commands[0] ?? '', /rollout undo/);
  const dns = of({
    reason: 'ErrImagePull',
    message: `failed to pull image "${image}": dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host`,
  });
  assert.doesNotMatch(JSON.stringify(dns?.fixes), /rollout undo/);
});

test('a revision of another registry can be gone back to whatever is wrong with this one', () => {
  const of = (image: string, code: CauseCode) => undo('Deployment', rollout({ images: { app: image } }), code);
  for (const code of ['tls-unknown-authority', 'connect-timeout', 'rate-limited', 'auth-rejected', 'mirror-misconfigured'] as const) {
    assert.equal(of('localhost/tools:1', code)?.ran, true, code);
    assert.equal(of('registry.example.com/payment:v2.1.2', code), null, code);
  }
  const message =
    'failed to do request: Head "https://registry.example.com/v2/payment/manifests/v2.1.3": tls: failed to verify certificate: x509: certificate signed by unknown authority';
  const failing = container({ waiting: { reason: 'ErrImagePull', message } });
  const deployed = pod({ owner: { kind: 'Deployment', name: 'payment' }, rollout: rollout({ images: { app: 'localhost/tools:1' } }) });
  const describe = { milliseconds: 1, outcome: 'done', facts: { containers: [failing] } } as const;
  const [verdict] = judge(evidence({ pod: deployed, describe }));
  assert.equal(verdict?.code, 'tls-unknown-authority');
  assert.match(verdict?.fixes[0]?.commands[0] ?? '', /rollout undo deployment\/payment$/);
});

test('a pod that has ended is made anew, for a changed image starts nothing in it', () => {
  const message = 'failed to resolve reference "registry.example.com/payment:v2.1.3": registry.example.com/payment:v2.1.3: not found';
  const failing = container({ waiting: { reason: 'ErrImagePull', message } });
  const describe = { milliseconds: 1, outcome: 'done', facts: { containers: [failing] } } as const;
  const [verdict] = judge(evidence({ pod: pod({ phase: 'Failed', reason: 'DeadlineExceeded' }), describe }));
  assert.match(verdict?.explanation ?? '', /^The pod has ended \(DeadlineExceeded\) and does not try again: it has to be made anew\./);
  const commands = verdict?.fixes.flatMap((fix) => fix.commands).join('; ') ?? '';
  assert.doesNotMatch(commands, /set image/);
  assert.match(commands, /"containers":\[\{"name":"app","image":"IMAGE"\}\].* replace --force -f -/);
  const ended = (kind: string) => view({ pod: pod({ phase: 'Failed', owner: { kind, name: 'x' } }) });
  assert.match(setImage(ended('Job'), 'a:1', 't').title, /make the Job again/);
  assert.deepEqual(setImage(ended('CronJob'), 'a:1', 't').commands.length, 1);
  assert.match(retryNow(view({ pod: pod({ phase: 'Failed' }) })).commands.join(), /replace --force/);
  const slow = 'failed to do request: Head "https://registry.example.com/v2/": dial tcp 10.0.0.9:443: i/o timeout';
  const timedOut = { ...describe, facts: { containers: [container({ waiting: { reason: 'ErrImagePull', message: slow } })] } };
  assert.equal(judge(evidence({ pod: pod({ phase: 'Failed' }), describe: timedOut }))[0]?.retry, 'never');
  assert.equal(judge(evidence({ pod: pod(), describe: timedOut }))[0]?.retry, 'wait');
});
