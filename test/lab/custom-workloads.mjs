#!/usr/bin/env node
/**
 * Custom resources that own pods as their operators' do, in namespace custom-workloads, without the operators: minimal definitions, objects, and what stands between these and their pods,
 * all of which fail with a tag that does not exist. For `why TYPE/NAME`; test/end-to-end/custom-workloads.ts asks it.
 *
 *     node custom-workloads.mjs apply     # needs kubectl and KUBECONFIG
 *     node custom-workloads.mjs remove
 */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export const namespace = 'custom-workloads';
const image = 'open.lab.test:5000/team/app:v9.9.9';

const types = [
  ['argoproj.io', 'v1alpha1', 'rollouts', 'Rollout', ['ro']],
  ['apps.kruise.io', 'v1alpha1', 'clonesets', 'CloneSet', ['clone']],
  ['apps.kruise.io', 'v1beta1', 'statefulsets', 'StatefulSet', ['sts', 'asts']],
  ['serving.knative.dev', 'v1', 'services', 'Service', ['kservice', 'ksvc']],
  ['serving.knative.dev', 'v1', 'configurations', 'Configuration', []],
  ['serving.knative.dev', 'v1', 'revisions', 'Revision', []],
  ['tekton.dev', 'v1', 'pipelineruns', 'PipelineRun', ['pr']],
  ['tekton.dev', 'v1', 'taskruns', 'TaskRun', ['tr']],
  ['keda.sh', 'v1alpha1', 'scaledobjects', 'ScaledObject', ['so']],
  ['sparkoperator.k8s.io', 'v1beta2', 'sparkapplications', 'SparkApplication', ['sparkapp']],
];

const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const definitions = types.map(([group, version, plural, kind, shortNames]) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: `${plural}.${group}`,
    ...(group.endsWith('k8s.io') && { annotations: { 'api-approved.kubernetes.io': 'unapproved, a minimal copy for tests' } }),
  },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural, kind, singular: kind.toLowerCase(), shortNames },
    versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
  },
}));

const containers = [{ name: 'app', image }];
const labelled = (app) => ({ metadata: { labels: { app } }, spec: { nodeName: 'node1', containers } });
const selecting = (app) => ({ selector: { matchLabels: { app } }, replicas: 1, template: labelled(app) });

/** Each object, its owner by name, in the order of their making. What kubectl is asked for, and what it should find, stands at the tops. */
const objects = [
  ['argoproj.io/v1alpha1', 'Rollout', 'shop', null, selecting('shop')],
  ['apps/v1', 'ReplicaSet', 'shop-1', 'Rollout/shop', selecting('shop')],
  ['apps.kruise.io/v1alpha1', 'CloneSet', 'cart', null, selecting('cart')],
  ['v1', 'Pod', 'cart-x', 'CloneSet/cart', null, labelled('cart')],
  ['apps.kruise.io/v1beta1', 'StatefulSet', 'store', null, selecting('store')],
  ['v1', 'Pod', 'store-0', 'StatefulSet/store', null, labelled('store')],
  ['serving.knative.dev/v1', 'Service', 'hello', null, {}],
  ['serving.knative.dev/v1', 'Configuration', 'hello', 'Service/hello', {}],
  ['serving.knative.dev/v1', 'Revision', 'hello-00001', 'Configuration/hello', {}],
  ['apps/v1', 'Deployment', 'hello-00001-deployment', 'Revision/hello-00001', selecting('hello')],
  ['tekton.dev/v1', 'PipelineRun', 'build', null, {}],
  ['tekton.dev/v1', 'TaskRun', 'build-clone', 'PipelineRun/build', {}],
  ['v1', 'Pod', 'build-clone-pod', 'TaskRun/build-clone', null, labelled('build')],
  ['keda.sh/v1alpha1', 'ScaledObject', 'shop', null, { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'shop' } }],
  ['sparkoperator.k8s.io/v1beta2', 'SparkApplication', 'pi', null, {}],
  ['v1', 'Pod', 'pi-driver', 'SparkApplication/pi', null, labelled('pi')],
  ['v1', 'Pod', 'pi-exec-1', 'Pod/pi-driver', null, labelled('pi')],
  ['v1', 'Service', 'front', null, { selector: { app: 'cart' }, ports: [{ port: 80 }] }],
];

function kubectl(args, input) {
  return execFileSync('kubectl', args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'], ...(input && { input: JSON.stringify(input) }) });
}

export function apply() {
  kubectl(['apply', '-f', '-'], { apiVersion: 'v1', kind: 'List', items: definitions });
  kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...definitions.map(({ metadata }) => `crd/${metadata.name}`)]);
  kubectl(['apply', '-f', '-'], { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const made = new Map();
  for (const [apiVersion, kind, name, owner, spec, whole] of objects) {
    const of = owner === null ? undefined : made.get(owner);
    const ownerReferences = of && [{ apiVersion: of.apiVersion, kind: of.kind, name: of.metadata.name, uid: of.metadata.uid, controller: true }];
    const object = { apiVersion, kind, metadata: { name, namespace, ...whole?.metadata, ownerReferences }, spec: whole?.spec ?? spec };
    made.set(`${kind}/${name}`, JSON.parse(kubectl(['apply', '-o', 'json', '-f', '-'], object)));
  }
}

export function remove() {
  kubectl(['delete', 'namespace', namespace, '--ignore-not-found']);
  kubectl(['delete', '--ignore-not-found', ...definitions.map(({ metadata }) => `crd/${metadata.name}`)]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) ({ apply, remove })[process.argv[2]]?.();
