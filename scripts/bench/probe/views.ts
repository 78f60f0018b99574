// node scripts/bench/probe/views.ts [SCENARIO...]: what the node's view alone tells. In the lab (test/lab), every prober is asked about each scenario; then the
// messages and events are taken out of the evidence, as if they had expired, and each prober's answer alone is judged. Prints the family that each gives, and
// the median times from the creation of the pod to the answer.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { judge } from '../../../src/causes/judge.ts';
import { nodeView, readAnswer } from '../../../src/causes/probe/reading.ts';
import { viewsOf } from '../../../src/causes/views.ts';
import { probeStep } from '../../../src/cli/diagnose.ts';
import { processIo } from '../../../src/cli/process-io.ts';
import { withCluster } from '../../../src/cli/with-cluster.ts';
import type { Evidence, ProbeAnswer } from '../../../src/values/evidence.ts';
import { median } from './kubectl.ts';

const expected: Readonly<Record<string, string>> = {
  nxdomain: 'network',
  refused: 'network',
  unreachable: 'network',
  offnet: 'network',
  blackhole: 'network',
  'untrusted-ca': 'tls',
  'expired-cert': 'tls',
  'wrong-name-cert': 'tls',
  'plain-http': 'tls',
  'faulty-unavailable': 'registry',
  'faulty-internal': 'registry',
  'faulty-ratelimit': 'rate',
  'hub-limited': 'rate',
  'tag-missing': 'healthy',
  'one-node-beside': 'healthy',
};
/** What a prober that does not verify certificates is bound to take for healthy: the kubelet, and a tool whose image has nothing that does. */
const unverified = new Set(['untrusted-ca', 'expired-cert', 'wrong-name-cert']);
/** A limit that holds behind the token server is not met by who fetches no token. */
const behindToken = new Set(['hub-limited']);
const isHidden = (scenario: string, prober: string): boolean =>
  (prober === 'kubelet' || prober === 'tool') && (unverified.has(scenario) || behindToken.has(scenario));
const probers = ['runtime', 'kubelet', 'tool', 'canary', 'auto'] as const;
type Prober = (typeof probers)[number];

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'probe-views-'));
const run = promisify(execFile);
const io = processIo();

async function evidenceOf(scenario: string, flags: readonly string[]): Promise<Evidence> {
  const file = join(folder, `${scenario}${flags[0]}.json`);
  const space = `s-${scenario.replace(/-beside$/, '')}`;
  await run(process.execPath, [main, 'why', scenario, '-n', space, '--no-registry', '--save', file, ...flags]);
  const saved = JSON.parse(readFileSync(file, 'utf8')) as Evidence | { items: Evidence[] };
  const [first] = 'items' in saved ? saved.items : [saved];
  if (!first) throw new Error(`${scenario}: no evidence`);
  return first;
}

/** The evidence of a pull whose texts have expired, with the answers of one prober. */
function alone(evidence: Evidence, prober: Prober): Evidence {
  const { describe, probe, events } = evidence;
  if (describe.outcome !== 'done' || probe.outcome !== 'done') throw new Error(`no answer: ${JSON.stringify(probe)}`);
  const nothing = { outcome: 'skipped', milliseconds: 0, reason: 'taken out' } as const;
  const containers = describe.facts.containers.map((container) => ({
    ...container,
    pull: 'failing' as const,
    running: false,
    waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${container.image}"` },
  }));
  const images = probe.facts.images.map((image) => ({
    ...image,
    answers: image.answers.filter((answer) => prober === 'auto' || answer.prober === prober),
  }));
  return {
    ...evidence,
    describe: { ...describe, facts: { containers } },
    events: events.outcome === 'done' ? { ...events, facts: { events: [], sandboxImage: null } } : events,
    registry: nothing,
    node: nothing,
    probe: { ...probe, facts: { ...probe.facts, images } },
  };
}

function answersOf({ probe }: Evidence, prober: Prober): readonly ProbeAnswer[] {
  return probe.outcome === 'done'
    ? probe.facts.images.flatMap(({ answers }) =>
        answers.filter((answer) => (prober === 'auto' || answer.prober === prober) && !answer.role),
      )
    : [];
}

/** What --probe=auto asks the node where the texts are gone. */
async function autoOf(evidence: Evidence): Promise<Evidence> {
  const bare = { ...alone(evidence, 'auto'), probe: { outcome: 'skipped', milliseconds: 0, reason: 'not decided yet' } as const };
  const options = {
    probe: 'auto',
    container: undefined,
    probeImage: undefined,
    probeNamespace: process.env.PROBE_NAMESPACE,
    tryPull: false,
  } as const;
  let probe: Evidence['probe'] = bare.probe;
  await withCluster({}, io, { timeoutMilliseconds: 20_000 }, async (cluster) => {
    probe = await probeStep(cluster, bare, options, { show() {}, clear() {}, io: { ...io, stderr: { ...io.stderr, write() {} } } }, 15_000);
    return 0;
  });
  return { ...bare, probe };
}

function tellOf(evidence: Evidence, prober: Prober): { readonly family: string; readonly code: string } {
  const answers = answersOf(evidence, prober);
  const answer = answers.find(({ message }) => message !== null) ?? answers[0];
  const silent = answer?.message === null && !answer.refusal;
  if (!answer || (answer.message === null && !(silent && prober === 'runtime'))) return { family: '(none)', code: 'no answer' };
  const view = viewsOf(evidence).find(({ probe }) => probe !== null);
  const said = prober === 'auto' && view ? nodeView(view) : null;
  const [verdict] = judge(alone(evidence, prober));
  const code = verdict?.code ?? '';
  const fine =
    prober === 'canary'
      ? /^Successfully pulled/.test(answer.message ?? '') || code === 'manifest-not-found'
      : prober === 'auto'
        ? said?.reached === true
        : !silent && readAnswer(answer).reached;
  return fine
    ? { family: 'healthy', code: 'reached' }
    : { family: catalogue[verdict?.code ?? 'unknown'].family, code: `${code} (${verdict?.confidence})` };
}

const times: Record<Prober, number[]> = { runtime: [], kubelet: [], tool: [], canary: [], auto: [] };
const right: Record<Prober, number> = { runtime: 0, kubelet: 0, tool: 0, canary: 0, auto: 0 };
const blind: Record<Prober, number> = { runtime: 0, kubelet: 0, tool: 0, canary: 0, auto: 0 };
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(expected);
const rows = [];
try {
  for (const scenario of chosen) {
    const probed = await evidenceOf(scenario, ['--probe=always', `--probe-image=${process.env.PROBE_IMAGE || 'localhost/tools:1'}`]);
    const row: Record<string, string> = { scenario, expected: expected[scenario] ?? '' };
    for (const prober of probers) {
      const evidence =
        prober === 'canary'
          ? await evidenceOf(scenario, ['--try-pull', '--probe=always'])
          : prober === 'auto'
            ? await autoOf(probed)
            : probed;
      const { family, code } = tellOf(evidence, prober);
      const same = family === expected[scenario];
      const cannot = !same && ((family === 'healthy' && isHidden(scenario, prober)) || code.startsWith('unknown'));
      right[prober] += same ? 1 : 0;
      blind[prober] += cannot ? 1 : 0;
      for (const { milliseconds } of answersOf(evidence, prober)) if (milliseconds !== undefined) times[prober].push(milliseconds);
      row[prober] = `${same ? '' : cannot ? '~ ' : 'X '}${code}`;
    }
    rows.push(row);
    console.log(Object.values(row).join(' | '));
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const prober of probers) {
  const { length } = chosen;
  console.log(
    `${prober}: ${right[prober]} of ${length} families right, ${blind[prober]} that it cannot tell, and says so or takes for healthy; median ${median(times[prober])} ms, longest ${Math.max(...times[prober])} ms of ${times[prober].length}`,
  );
}
