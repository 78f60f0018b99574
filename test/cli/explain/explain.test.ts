import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homePage } from '../../../src/cli/resources.ts';
import { run } from '../../../src/cli/run.ts';
import { causeCodes } from '../../../src/values/cause-code.ts';
import { isPlaceholder } from '../../../src/values/home-page.ts';
import { fakeIo } from '../fake-io.ts';

async function explain(argv: readonly string[], input = ''): Promise<{ out: string; err: string; code: number }> {
  const io = fakeIo({ input });
  const code = await run(['explain', ...argv], io);
  return { out: io.out(), err: io.err(), code };
}

const notFound = 'failed to resolve reference "registry.example.com/payment:v2.1.3": registry.example.com/payment:v2.1.3: not found';

test('explain alone lists every cause by family', async () => {
  const { out } = await explain([]);
  for (const code of causeCodes) assert.match(out, new RegExp(`^  ${code} +\\S`, 'm'));
  assert.match(out, /^REFERENCE\n/);
  for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
});

test('explain CODE prints its page', async () => {
  const { out, code } = await explain(['manifest-not-found']);
  assert.equal(code, 0);
  assert.match(out, /manifest-not-found/);
  const { out: json } = await explain(['manifest-not-found', '-ojson']);
  const { kind, family, page } = JSON.parse(json);
  assert.deepEqual([kind, family, page.trimEnd()], ['Cause', 'reference', out.trimEnd()]);
});

test('explain MESSAGE reads it, from the command line and from standard input alike', async () => {
  const { out, code } = await explain([notFound]);
  assert.equal(code, 0);
  assert.match(out, /^Image +registry\.example\.com\/payment:v2\.1\.3$/m);
  assert.match(out, /^manifest-not-found \(likely\): /m);
  assert.match(out, /^Or +repository-not-found: /m);
  assert.equal((await explain(['-'], `${notFound}\n`)).out, out);
});

test('a message is escaped before it is shown', async () => {
  const { out } = await explain(['failed to pull image "x.example/a\u001b[31m:v1": unexpected status: 500']);
  assert.ok(!out.includes('\u001b'));
});

test('explain MESSAGE as JSON names cause and alternatives', async () => {
  const { out } = await explain([notFound, '-ojson']);
  const { kind, cause, alternatives } = JSON.parse(out);
  assert.equal(kind, 'MessageReading');
  assert.deepEqual([cause.code, cause.confidence], ['manifest-not-found', 'likely']);
  assert.ok(alternatives.some(({ code }: { code: string }) => code === 'repository-not-found'));
});

const wholeEvents = `shop  10s  Warning  Failed   pod/web-1  Failed to pull image "nginx:nope": rpc error: code = NotFound desc = failed to resolve reference "docker.io/library/nginx:nope": docker.io/library/nginx:nope: not found
shop  11s  Warning  Failed   pod/web-1  Error: ErrImagePull
shop  11s  Warning  Failed   pod/api-1  Failed to pull image "ghcr.io/acme/api:v2": toomanyrequests: retry later
shop  12s  Normal   BackOff  pod/api-1  Back-off pulling image "ghcr.io/acme/api:v2"
shop  12s  Normal   Pulled   pod/db-1   Container image "postgres:17" already present on machine`;

test('a text about several images has a reading for each that fails', async () => {
  const { out } = await explain(['-'], wholeEvents);
  assert.match(out, /^The text is about 2 images\.$/m);
  assert.match(out, /^Image +nginx:nope$.*^manifest-not-found .*^Image +ghcr\.io\/acme\/api:v2$.*^rate-limited /ms);
  const { kind, items } = JSON.parse((await explain(['-', '-ojson'], wholeEvents)).out);
  assert.deepEqual(
    [kind, items.map(({ cause }: { cause: { code: string } }) => cause.code)],
    ['MessageReadingList', ['manifest-not-found', 'rate-limited']],
  );
});

test('a text about one image is one reading, whatever stands around it', async () => {
  const [first = ''] = wholeEvents.split('\n');
  const { out } = await explain(
    ['-'],
    `${first}\nshop 12s Normal Pulled pod/db-1 Container image "postgres:17" already present on machine`,
  );
  assert.match(out, /^manifest-not-found /m);
  assert.doesNotMatch(out, /images\./);
});

test('a text without a reason says so, and how to get one', async () => {
  const { out } = await explain(['Back-off pulling image "registry.example.com/payment:v1"']);
  assert.match(out, /^unknown: the text says that the pull failed, and not why\./m);
  assert.doesNotMatch(out, /Waiting|report/);
});

test('an unknown reason is shown for a report, with everything private left out', async () => {
  const secret = 'https://bob:hunter2@reg.acme.example/v2/x?sig=abcdef0123456789';
  const text = `Failed to pull image "reg.acme.example/x:1": frobnication failed at ${secret} for alice@acme.example, user bob on 10.1.2.3, Authorization: Bearer abcdefgh12345678, key AKIAIOSFODNN7EXAMPLE`;
  const { out } = await explain([text]);
  assert.match(out, /frobnication failed at/);
  const address = isPlaceholder(homePage()) ? 'of the project' : `at ${homePage()}/issues`;
  assert.match(out.replaceAll('\n', ' '), new RegExp(`To report it, paste them into an issue ${address}\\.`));
  assert.doesNotMatch(out, /krew/);
  const report = out.slice(out.indexOf('Here they are'));
  for (const word of ['bob', 'hunter2', 'acme', 'alice', '10.1.2.3', 'abcdefgh', 'AKIA']) assert.ok(!report.includes(word), word);
  const { out: json } = await explain([text, '-ojson']);
  for (const word of ['hunter2', 'abcdef0123456789', 'abcdefgh12345678']) assert.ok(!json.includes(word), word);
});

test('an empty standard input is no message', async () => {
  assert.deepEqual(await explain(['-'], ' \n'), { out: '', err: 'error: no message: standard input is empty\n', code: 1 });
});

test('a status of a pod is no reason, however it is written, and a number is a status of HTTP', async () => {
  for (const word of ['ImagePullBackOff', 'errimagepull', 'ErrImagePull', 'Init:ImagePullBackOff']) {
    const { out, code } = await explain([word]);
    assert.equal(code, 0);
    assert.match(out, /^\S.*is only the status of a container/, word);
    assert.match(out, /kubectl imagepull why POD/);
    assert.doesNotMatch(out, /Waiting will not help|no known cause/);
  }
  assert.match((await explain(['401'])).out, /^auth-required \(likely\)/m);
  assert.match((await explain(['429'])).out, /^rate-limited/m);
  assert.match((await explain(['InvalidImageName'])).out, /^invalid-image-name/m);
  assert.equal((await explain(['errimagepul'])).code, 1);
});

test('words without the image or the request that they are about make nothing certain', async () => {
  for (const words of ['no such host', 'lookup production.cloudflare.docker.com: no such host'])
    assert.match((await explain([words])).out, /^dns-failure \(likely\): a name that the pull needs does not resolve\./m, words);
});

test('what says nothing of a pull is not said to tell of a failed one, and an empty argument is no list of causes', async () => {
  assert.match((await explain(['a', 'b'])).out, /^unknown: the text says nothing of a pull\./);
  const { out, err, code } = await explain(['']);
  assert.deepEqual([out, code], ['', 1]);
  assert.match(err, /^error: no message: the argument is empty/);
});

test('who may not do what is shown, and is none of a report', async () => {
  const denied =
    'User: arn:aws:sts::123456789012:assumed-role/nodes/i-1 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/app';
  const text = `failed to pull image "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1": unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1: 403 Forbidden: denied: ${denied}`;
  const { out, code } = await explain([text]);
  assert.equal(code, 0);
  const plain = out.replace(/\s+/g, ' ');
  assert.match(plain, /User: arn:aws:sts::123456789012:assumed-role\/nodes\/i-1 is not authorized to perform: ecr:BatchGetImage/);
  assert.match(out, /^auth-forbidden \(/m);
  const report = (await explain([`frobnication of ${denied}`])).out;
  if (report.includes('Here they are')) assert.doesNotMatch(report.slice(report.indexOf('Here they are')), /123456789012|assumed-role/);
});
