import type { Rule } from './rule.ts';

/**
 * Where the clause was cut off, or says nothing, the code of the gRPC error is left: containerd maps its error classes to it
 * (errdefs/grpc.go). Stands behind every rule that reads a clause, and never says more than `possible`.
 */
export const grpcRules: readonly Rule[] = [
  {
    code: 'manifest-not-found',
    confidence: 'possible',
    stages: ['resolve', 'manifest'],
    when: ({ error }) => error.grpcCode === 'NotFound',
    or: ['repository-not-found'],
  },
  {
    code: 'pull-stalled',
    confidence: 'possible',
    when: ({ error }) => error.grpcCode === 'DeadlineExceeded' || error.grpcCode === 'Canceled',
    or: ['connect-timeout'],
  },
];
