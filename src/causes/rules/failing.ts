import { unseen } from '../probe/unseen.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import { blobs } from './blobs.ts';
import { content } from './content.ts';
import { credentials } from './credentials.ts';
import { leftOpen } from './excluded.ts';
import { capitals, mirror, probe, tried } from './network.ts';
import { mayNotFit, node } from './node.ts';
import { over } from './over.ts';
import { policy } from './policy.ts';
import { hidden, reference } from './reference.ts';
import type { Rule } from './rule.ts';
import { others, spread } from './spread.ts';
import { text } from './text.ts';
import { workstation } from './vantage.ts';

/** In this order: the runtime's words first, then what each vantage point adds to them. */
const rules: readonly Rule[] = [
  text,
  probe,
  mirror,
  blobs,
  content,
  reference,
  credentials,
  hidden,
  policy,
  node,
  over,
  workstation,
  spread,
  capitals,
  tried,
];

/** A pull that failed. */
export function failing(view: ImageView): Finding {
  const finding = rules.reduce<Finding | null>((finding, rule) => rule(view, finding), null);
  if (!finding) {
    const open = [...mayNotFit(view), ...unseen(view).map(alternative), ...others(view, 'unknown')];
    return { code: 'unknown', confidence: 'possible', alternatives: open };
  }
  return { ...finding, alternatives: leftOpen(view, finding.alternatives) };
}
