import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import { done } from '../../report/evidence-builder.ts';
import { container, evidence, pod } from '../view-builder.ts';

test('a pod that no node takes for want of disk: which nodes, and what to do there', () => {
  const waits = container({ pull: 'unknown', waiting: null });
  const unscheduled = '0/3 nodes are available: 1 node(s) had untolerated taint(s).';
  const said = (shortOfDisk?: readonly string[]) => {
    const subject = pod({ node: null, unscheduled, ...(shortOfDisk && { shortOfDisk }) });
    const [verdict] = judge(evidence({ pod: subject, describe: done({ containers: [waits] }) }));
    return verdict ?? assert.fail();
  };
  const one = said(['n1']);
  assert.equal(one.code, 'none');
  assert.match(
    one.explanation,
    /^Node n1, where it might run, is short of disk \(DiskPressure\) and takes no new pods until there is room again\. The pod has no node yet: 0\/3/,
  );
  assert.deepEqual([one.fixes.length, one.fixes[0]?.title], [2, 'on node n1, find what fills the disk, and remove or move that']);
  assert.match(
    said(['n1', 'n2']).explanation,
    /^Nodes n1 and n2, where it might run, are short of disk \(DiskPressure\) and take no new pods/,
  );
  assert.match(said().explanation, /^The pod has no node yet/);
  assert.equal(said().fixes.length, 1);
});
