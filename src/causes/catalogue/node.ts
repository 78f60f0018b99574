import type { AttemptResult } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { command } from '../../words/shell.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, failingHost, imageName, isAbsent, nodeName, registryHost, theNode } from '../facts.ts';
import { kubectlAnywhere } from '../fix/kubectl.ts';
import { exemptImage, letItPull, letItPullWithSecret, loadImage, rename } from '../fix/load-image.ts';
import { lookOnNode, nodeRuntime, registryConfiguration } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { moveAway, retryNow } from '../fix/workload.ts';
import { pullLimit } from '../kubelet-config.ts';
import { isLocalOnly, presenceOf } from '../present-image.ts';
import type { ImageView } from '../view.ts';
import { diskFull } from './disk-full.ts';
import type { CatalogueEntry } from './entry.ts';

const neverPull: CatalogueEntry = {
  family: 'node',
  title: 'not to be had on the node, and not to be pulled',
  retry: 'never',
  explanation: (view) => `The pull policy of ${clip(view.container.container)} is Never, and ${imageName(view)} ${whereabouts(view)}.`,
  fixes(view) {
    const presence = presenceOf(view);
    if (presence === 'arrived') return [];
    const isThere = presence === 'present' || presence === 'listed';
    const load = isThere ? null : loadImage(view);
    const exempt = isThere || presence === 'unknown' ? exemptImage(view) : null;
    if (isLocalOnly(view)) return alternatives(load, exempt, rename(view));
    const pull = needsCredential(view) ? letItPullWithSecret(view) : letItPull(view);
    // Pulled, it would only fail anew.
    if (isAbsent(view))
      return alternatives(
        load,
        { ...pull, title: `name an image that the registry has (this one it does not), and ${pull.title}` },
        exempt,
      );
    return alternatives(pull, load, exempt);
  },
};

/** The pod has none to send, and nobody gets it without: by the registry's own word, else by the kubelet's, which keeps it from this pod. */
function needsCredential(view: ImageView): boolean {
  if ((view.credentials?.tries.length ?? 0) > 0) return false;
  const nobody = view.registry?.attempts.find(({ credential, result }) => credential === null && answers.has(result));
  return nobody ? nobody.result !== 'found' : presenceOf(view) === 'present';
}

const answers: ReadonlySet<AttemptResult> = new Set(['found', 'unauthorized', 'token-refused', 'forbidden']);

/** The first that applies, and what may be done instead of it. */
function alternatives(...fixes: readonly (Fix | null)[]): Fix[] {
  return present(...fixes).map((fix, index) => (index === 0 ? fix : { ...fix, title: `or ${fix.title}` }));
}

function whereabouts(view: ImageView): string {
  const hidden = 'its kubelet lets a pod have it only with a credential that may pull it (KEP-2535)';
  switch (presenceOf(view)) {
    case 'absent':
      return `is not on ${theNode(view)}`;
    case 'arrived':
      return `was not on ${theNode(view)} when its kubelet last looked; by now the node lists it`;
    case 'listed':
      return `was not to be had on ${theNode(view)}, which lists it by now: it has come since its kubelet last looked, or ${hidden}`;
    case 'unlisted':
      return `is not among the ${view.node?.imagesListed ?? 0} images that ${theNode(view)} lists (the list may be minutes old)`;
    case 'present':
      return `is on ${theNode(view)}, but the kubelet does not give it to this pod: ${hidden}, and this pod has shown none`;
    case 'unknown':
      return `is not on ${theNode(view)}, or is there and ${hidden}`;
  }
}

const pullThrottled: CatalogueEntry = {
  family: 'node',
  title: 'the kubelet limits its own pulls',
  retry: 'wait',
  explanation: (view) =>
    `The kubelet of ${theNode(view)} started more pulls at once than its ${pullLimit(view)} allows, and put this one off. The registry was not asked.`,
  fixes: (view) => [
    retryNow(view, 'wait'),
    { title: "if it happens often, raise registryPullQPS and registryBurst in the kubelet's configuration", commands: configuration(view) },
  ],
};

const pullStalled: CatalogueEntry = {
  family: 'node',
  title: 'the pull makes no progress',
  retry: 'wait',
  explanation: (view) =>
    view.container.pull === 'pulling'
      ? `The pull of ${imageName(view)} on ${theNode(view)} has been under way for longer than its size takes on a slow line, and behind no other pull.`
      : `The pull of ${imageName(view)} on ${theNode(view)} began and was given up because no more of it arrived.`,
  fixes: (view) =>
    present(
      retryNow(view, 'if the fault was passing, wait'),
      {
        title:
          "look at the speed and the blocks between the node and the registry's storage host: layers often come from another host than the manifest",
        commands: [],
      },
      moveAway(view),
    ),
};

const runtimeUnavailable: CatalogueEntry = {
  family: 'node',
  title: 'the container runtime does not answer',
  retry: 'wait',
  explanation: (view) =>
    `The kubelet of ${theNode(view)} got no proper answer from its container runtime, so the registry may not have been asked at all.`,
  fixes(view) {
    const unit = { containerd: 'containerd', 'cri-o': 'crio', docker: 'docker', k3s: 'k3s', rke2: 'rke2-agent', unknown: 'containerd' }[
      nodeRuntime(view)
    ];
    const node = nodeName(view);
    return present(
      {
        title: `on ${theNode(view)}, see what it says and restart it`,
        commands: [`sudo journalctl -u ${unit} --since -1h`, `sudo systemctl restart ${unit}`],
      },
      node ? { title: 'see what the node reports of itself', commands: [kubectlAnywhere(view, 'describe', 'node', node)] } : null,
      moveAway(view),
    );
  },
};

const contentStoreDamaged: CatalogueEntry = {
  family: 'node',
  title: "the runtime's image store is damaged",
  retry: 'never',
  explanation: (view) =>
    `The image store of the container runtime on ${theNode(view)} is damaged or inconsistent, so the pull fails whatever the registry sends.`,
  fixes: (view) =>
    present(
      mayBeNoImage(view)
        ? {
            title: 'look first whether it is an image at all: one has a configuration of type …image.config… or …container.image…',
            commands: [command('skopeo', 'inspect', '--raw', `docker://${view.container.image}`)],
          }
        : null,
      {
        title: `on ${theNode(view)}, remove what there is of the image, then let it be pulled again`,
        commands: [`sudo crictl rmi ${command(view.container.image)}`],
      },
      { title: 'if that does not help, replace the node, or empty its image store while the runtime is stopped', commands: [] },
      moveAway(view),
    ),
};

/** By the runtime's words, and the registry has not shown what it is. */
function mayBeNoImage({ reading, registry }: ImageView): boolean {
  return registry?.manifest?.configMediaType == null && reading?.alternatives.some(({ code }) => code === 'unsupported-manifest') === true;
}

const unpackFailed: CatalogueEntry = {
  family: 'node',
  title: 'the layers cannot be unpacked on this node',
  retry: 'never',
  explanation: (view) =>
    `${capitalised(theNode(view))} downloaded the layers of ${imageName(view)} and could not write them out: permissions, user ids or the file system stand in the way.`,
  fixes: (view) =>
    present(
      {
        title:
          'in a user namespace (rootless, kind in docker), give it more ids in /etc/subuid and /etc/subgid, or build with files owned by ids below 65536',
        commands: [],
      },
      { title: `on ${theNode(view)}, see what the kernel says of the file system`, commands: ['sudo dmesg --ctime | tail -50'] },
      moveAway(view),
    ),
};

const mirrorMisconfigured: CatalogueEntry = {
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

function configuration(view: ImageView): string[] {
  const node = nodeName(view);
  return node ? [kubectlAnywhere(view, 'get', '--raw', `/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`)] : [];
}

export const node = {
  'disk-full': diskFull,
  'never-pull': neverPull,
  'pull-throttled': pullThrottled,
  'pull-stalled': pullStalled,
  'runtime-unavailable': runtimeUnavailable,
  'content-store-damaged': contentStoreDamaged,
  'unpack-failed': unpackFailed,
  'mirror-misconfigured': mirrorMisconfigured,
};
