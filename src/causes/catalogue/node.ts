import { capitalised, imageName, nodeName, theNode } from '../facts.ts';
import { kubectlAnywhere } from '../fix/kubectl.ts';
import { nodeRuntime } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { moveAway, retryNow } from '../fix/workload.ts';
import { pullLimit } from '../kubelet-config.ts';
import type { ImageView } from '../view.ts';
import { contentStoreDamaged } from './content-store-damaged.ts';
import { diskFull } from './disk-full.ts';
import type { CatalogueEntry } from './entry.ts';
import { mirrorMisconfigured } from './mirror-misconfigured.ts';
import { neverPull } from './never-pull.ts';

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
