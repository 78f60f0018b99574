import { mayHaveExpired } from '../../values/event-life.ts';
import { pluginName } from '../../values/plugin-name.ts';
import type { Fix } from '../../values/verdict.ts';
import { humanBytes } from '../../words/amounts.ts';
import { longDuration } from '../../words/durations.ts';
import * as words from '../../words/kubectl.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, imageName, rawMessage, theNode, theRegistry } from '../facts.ts';
import { kubectl, kubectlAnywhere, kubectlPlugin } from '../fix/kubectl.ts';
import { lookOnNode } from '../fix/node.ts';
import { present } from '../fix/present.ts';
import { moveAway, retryNow } from '../fix/workload.ts';
import { queueWords } from '../kubelet-config.ts';
import { isOverdue, pullingFor } from '../pending.ts';
import { unseen } from '../probe/unseen.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { none, waitReason } from './none.ts';

const stillPulling: CatalogueEntry = {
  family: 'other',
  title: 'the pull is still under way',
  retry: 'wait',
  explanation(view) {
    const since = pullingSince(view);
    const size = view.registry?.manifest?.size ?? null;
    const what = `${imageName(view)}${size === null ? '' : ` (${humanBytes(size)} compressed)`}`;
    if (!isOverdue(view)) {
      return sentences(
        `${capitalised(theNode(view))} is pulling ${what}${since === null ? '' : `, for ${longDuration(since)} now`}, and nothing has failed.`,
        queueWords(view),
      );
    }
    const how = since === null ? `for up to ${longDuration(pullingFor(view) / 1000)}, as old as the pod is` : `for ${longDuration(since)}`;
    return sentences(
      `${capitalised(theNode(view))} has been pulling ${what} ${how}, and nothing has failed.`,
      'That is longer than it should take: it hangs at a registry that sends slowly or not at all, or waits behind another pull that does.',
      queueWords(view),
    );
  },
  fixes: (view) => [
    ...(isOverdue(view)
      ? present(
          lookOnNode(view, "see on the node whether the blobs of the runtime grow (this is containerd's place)", 'du', '-sh', ingest),
          moveAway(view),
        )
      : []),
    { title: 'wait, and watch', commands: [kubectl(view, 'get', 'pod', view.pod.name, '-w')] },
    {
      title: 'see the events of the pod',
      commands: [kubectl(view, 'get', 'events', '--field-selector', `involvedObject.name=${view.pod.name}`)],
    },
  ],
};

const unknown: CatalogueEntry = {
  family: 'other',
  title: 'the evidence does not decide',
  retry: 'never',
  explanation(view) {
    const raw = rawMessage(view);
    if (raw) return `The message fits no known cause: ${raw}`;
    if (view.container.pull !== 'failing') return silent(view);
    return sentences(
      `${capitalised(theNode(view))} cannot pull ${imageName(view)}, and neither status nor events say why${expiry(view)}.`,
      unseen(view).length === 0
        ? null
        : `${capitalised(theRegistry(view))} answers on that node, so neither its name nor the way to it fails. Who asked there has none of the runtime's trust, credentials, proxy and mirrors: these are left.`,
    );
  },
  fixes: (view) => [
    ...wholePod(view),
    ...(rawMessage(view) ? [] : [retryNow(view, 'to hear the reason once more, wait')]),
    ...hearAgain(view),
    { title: 'read the messages of the pod in full', commands: [kubectl(view, 'describe', 'pod', view.pod.name)] },
    ...nodeLog(view),
    ...report(view),
  ],
};

/**
 * A status holds the kubelet's message for as long as the pull fails (from Kubernetes 1.32 on in back-off too), and kubectl describe does
 * not show it.
 */
function wholePod(view: ImageView): Fix[] {
  const { source } = view.evidence;
  if (rawMessage(view) || (source !== 'describe' && source !== 'events')) return [];
  const title = 'read the pod itself instead, whose status may hold the message, and give that to --from';
  return [{ title, commands: [kubectl(view, 'get', 'pods,events', '-o', 'yaml')] }];
}

/** Words that no cause has are worth a report; explain prints them without what is private, and asks no cluster. */
function report(view: ImageView): Fix[] {
  const raw = rawMessage(view);
  return raw
    ? [
        {
          title: 'have the message ready to report, without what is private',
          commands: [words.kubectlPlugin(undefined, pluginName, 'explain', raw)],
        },
      ]
    : [];
}

function expiry({ pod, evidence }: ImageView): string {
  return mayHaveExpired(pod.createdAt, evidence.collectedAt) ? ': events are kept for an hour by default' : '';
}

/** A container that waits, as it would for its image, and nothing says for what. */
function silent(view: ImageView): string {
  const { events } = view.evidence;
  const why = events.outcome === 'unknown' ? 'the events of the pod could not be read' : `no event of it is left${expiry(view)}`;
  return `Container ${clip(view.container.container)} waits${waitReason(view)} on ${theNode(view)}, and nothing says for what; ${why}.`;
}

/** Where containerd writes what it downloads, as a debug container of the node sees it. */
const ingest = '/host/var/lib/containerd/io.containerd.content.v1.content/ingest';

/** Seconds between the last Pulling event and the time of collection; null where there is no such event. */
function pullingSince(view: ImageView): number | null {
  const event = view.events.findLast((candidate) => candidate.reason === 'Pulling');
  const milliseconds = event ? Date.parse(view.evidence.collectedAt) - Date.parse(event.last) : Number.NaN;
  return milliseconds >= 0 ? milliseconds / 1000 : null;
}

/** How the text of the failure comes back without touching the pod. */
function hearAgain(view: ImageView) {
  const { pod, spec } = view;
  if (!pod.node || !spec?.reference) return [];
  return [
    {
      title: 'have the node pull the image once more, by a pod that runs nothing of it, and hear what it says',
      commands: [kubectlPlugin(view, pluginName, 'why', pod.name, '-n', pod.namespace, '--try-pull')],
    },
  ];
}

function nodeLog(view: ImageView) {
  if (!view.pod.node) return [];
  return [
    {
      title: "read the node's own log, where the cluster allows it (NodeLogQuery)",
      commands: [
        kubectlAnywhere(view, 'get', '--raw', `/api/v1/nodes/${encodeURIComponent(view.pod.node)}/proxy/logs/?query=kubelet&tailLines=200`),
      ],
    },
  ];
}

export const other = { 'still-pulling': stillPulling, none, unknown };
