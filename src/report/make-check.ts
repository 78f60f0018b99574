import type { CheckEvidence, CheckResult, ImageCheck } from '../values/check.ts';
import type { CredentialName, ImageRegistryFacts } from '../values/evidence.ts';
import type { Forecast } from '../values/forecast.ts';
import type { Verdict } from '../values/verdict.ts';
import {
  identityClause,
  placeClauses,
  presenceClause,
  proposalClauses,
  registryFacts,
  secretClauses,
  unfitClause,
  unreadClause,
  unwrittenClause,
} from './check-words.ts';
import { foldLines } from './escape.ts';
import type { CauseTitles } from './make-report.ts';
import { replayRows } from './replay.ts';
import { registryClause } from './steps/registry.ts';
import { nameClause } from './steps/spec.ts';

/** Evidence and what it forecasts → one image's part of the contract of `check -o json`. Pure. */
export function makeCheck(check: CheckEvidence, forecast: Forecast, causes: CauseTitles): ImageCheck {
  const { result, verdict } = forecast;
  const { code, confidence, alternatives } = verdict;
  const facts = registryFacts(check.evidence);
  const { family, title } = causes[code];
  return {
    image: verdict.image,
    reference: verdict.reference,
    namespace: check.namespace,
    usedBy: check.usedBy,
    result,
    cause: result === 'problem' ? { code, family, title, confidence } : null,
    alternatives,
    as: result === 'ok' ? servedTo(facts) : null,
    finding: foldLines(finding(check, forecast)),
    proposals: facts?.proposals ?? [],
    replay: facts === null ? [] : replayRows(facts),
  };
}

function servedTo(facts: ImageRegistryFacts | null): CredentialName | null {
  return facts?.attempts.find(({ result }) => result === 'found')?.credential ?? null;
}

function finding(check: CheckEvidence, { result, verdict, unfit, nodeIdentity }: Forecast): string {
  const { evidence } = check;
  const nothing = unwrittenClause(verdict.image, check, result === 'problem');
  if (nothing !== null) return nothing;
  if (verdict.reference === null && evidence.registry.outcome !== 'done') return nameClause(evidence, verdict);
  const clauses = {
    name: verdict.reference === null ? [nameClause(evidence, verdict)] : [],
    place: placeClauses(check),
    unfit: unfitClause(unfit),
    secrets: verdict.reference === null ? [] : secretClauses(check, verdict),
    registry: [
      presenceClause(check) ?? registryClause(evidence, verdict),
      ...(result === 'unknown' ? unreadClause(registryFacts(evidence)) : []),
      ...identityClause(nodeIdentity),
      ...proposalClauses(registryFacts(evidence), verdict),
    ],
  };
  return orderOf(result, verdict)
    .flatMap((part) => clauses[part])
    .filter((clause) => clause !== '')
    .join('; ');
}

type Part = 'name' | 'place' | 'unfit' | 'secrets' | 'registry';

/** What the result hangs on comes first. */
function orderOf(result: CheckResult, { code }: Verdict): readonly Part[] {
  if (result === 'unknown') return ['place', 'unfit', 'secrets', 'registry', 'name'];
  if (/^(?:auth-|pull-secret-|not-found-or-denied$)/.test(code)) return ['secrets', 'registry', 'unfit', 'place', 'name'];
  return ['name', 'unfit', 'registry', 'secrets', 'place'];
}
