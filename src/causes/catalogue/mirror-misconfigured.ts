import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, failingHost, registryHost, theNode } from '../facts.ts';
import { lookOnNode, nodeRuntime, registryConfiguration } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { moveAway } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const mirrorMisconfigured: CatalogueEntry = {
  family: 'node',
  title: "the node's registry mirror is at fault",
  retry: 'never',
  explanation(view) {
    const failing = failingHost(view);
    const registry = registryHost(view);
    const mirror = failing && failing !== registry ? ` (${clip(failing)})` : '';
    return sentences(
      `${capitalised(theNode(view))} is configured to pull ${registry ? `images of ${clip(registry)}` : 'this image'} through a mirror${mirror}, and that is what failed.`,
      answered(view) ? 'The registry itself answers this workstation.' : null,
    );
  },
  fixes: (view) =>
    present(
      { title: `repair the mirror, or correct or remove it on ${theNode(view)}: ${registryConfiguration(view)}`, commands: [] },
      showMirrors(view),
      moveAway(view),
    ),
};

function answered(view: ImageView): boolean {
  return (view.registry?.attempts ?? []).some((attempt) => attempt.result === 'found');
}

function showMirrors(view: ImageView): Fix | null {
  const path = {
    'cri-o': '/host/etc/containers/registries.conf.d',
    k3s: '/host/etc/rancher/k3s',
    rke2: '/host/etc/rancher/rke2',
    docker: '/host/etc/docker',
  };
  const runtime = nodeRuntime(view);
  const where = runtime in path ? path[runtime as keyof typeof path] : '/host/etc/containerd/certs.d';
  return lookOnNode(view, 'see the configuration on the node', 'grep', '-r', '.', where);
}
