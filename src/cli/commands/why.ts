import { connect } from '../../cluster/connect.ts';
import { findSubjects } from '../../playbook/subject.ts';
import { diagnose } from '../diagnose.ts';
import { readRegistryCa, saveEvidence } from '../files.ts';
import type { Io } from '../io.ts';
import { print } from '../print.ts';
import type { WhyRequest } from '../request.ts';

import { statusLine } from '../status-line.ts';

/** `why POD | TYPE/NAME`: evidence from the cluster, then the same as from a saved file. */
export async function why(request: WhyRequest, io: Io): Promise<number> {
  const ca = await readRegistryCa(request.registryCa);
  const status = statusLine(io);
  const { target } = request;
  const cluster = await connect(request.connection, {
    env: io.env,
    stderr: (text) => status.io.stderr.write(text),
    isTTY: io.stdin.isTTY,
    signal: io.signal,
    deadlineMilliseconds: request.timeoutMilliseconds,
  });
  try {
    status.show(`Reading ${target.type}/${target.name}`);
    const subjects = await findSubjects(cluster, cluster.namespace, target);
    const evidence = await Promise.all(subjects.map((subject) => diagnose(cluster, subject, { ...request, ca }, status)));
    if (request.save) await saveEvidence(request.save, evidence);
    return await print(evidence, request, status.io);
  } finally {
    status.clear();
    cluster.close();
  }
}
