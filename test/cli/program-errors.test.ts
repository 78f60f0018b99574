import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorReport } from '../../src/cli/program-errors.ts';
import { SubjectError } from '../../src/playbook/subject/subject.ts';

test('the command of a fix stands in, as in every report', () => {
  const noPods = { namespace: 'shop', type: 'deployment', name: 'web', because: { what: 'zero' } } as const;
  assert.equal(
    errorReport(new SubjectError('error: no pods', { noPods }), false),
    'error: no pods\nFix   give it replicas:\n        kubectl -n shop scale deployment/web --replicas=1\n',
  );
});
