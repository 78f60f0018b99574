import { execFileSync } from 'node:child_process';

/** Runs kubectl with the environment's KUBECONFIG. @throws with its own words where it fails */
export function kubectl(args: readonly string[], input?: string): string {
  return execFileSync('kubectl', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] });
}

export function apply(...objects: readonly object[]): void {
  kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A pod of one container that is pinned to a node and fit for pod security `restricted`. */
export function pod(parts: { namespace: string; name: string; image: string; node?: string; secrets?: readonly string[] }): object {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: parts.name, namespace: parts.namespace },
    spec: {
      nodeName: parts.node ?? 'node1',
      terminationGracePeriodSeconds: 0,
      imagePullSecrets: (parts.secrets ?? []).map((name) => ({ name })),
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'app', image: parts.image, securityContext }],
    },
  };
}

/** The probe pods of a namespace. */
export function probePods(namespace: string): readonly { readonly name: string; readonly phase: string }[] {
  const columns = 'jsonpath={range .items[*]}{.metadata.name} {.status.phase}{"\\n"}{end}';
  const lines = kubectl(['get', 'pods', '-n', namespace, '-l', 'app.kubernetes.io/managed-by=kubectl-imagepull', '-o', columns]).split(
    '\n',
  );
  return lines.filter((line) => line !== '').map((line) => ({ name: line.split(' ')[0] ?? '', phase: line.split(' ')[1] ?? '' }));
}

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
