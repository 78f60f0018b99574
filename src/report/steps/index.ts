import type { ReportStep } from '../../values/report.ts';
import { describe } from './describe.ts';
import { events } from './events.ts';
import type { StepReport } from './finding.ts';
import { node } from './node.ts';
import { probe } from './probe.ts';
import type { ReadAnswer } from './probe-answer.ts';
import { registry } from './registry.ts';
import { secrets } from './secrets.ts';
import { spec } from './spec.ts';
import { verdict } from './verdict.ts';

/** The rows of the report, in the order of the playbook. */
export function stepsWith(readAnswer: ReadAnswer): Readonly<Record<ReportStep['name'], StepReport>> {
  return { describe, events, spec, secrets, registry, probe: probe(readAnswer), node, verdict };
}
