import type { ReportStep } from '../../values/report.ts';
import { describe } from './describe.ts';
import { events } from './events.ts';
import type { StepReport } from './finding.ts';
import { node } from './node.ts';
import { probe } from './probe.ts';
import { registry } from './registry.ts';
import { secrets } from './secrets.ts';
import { spec } from './spec.ts';
import { verdict } from './verdict.ts';

/** The rows of the report, in the order of the playbook. */
export const steps = { describe, events, spec, secrets, registry, probe, node, verdict } satisfies Record<ReportStep['name'], StepReport>;
