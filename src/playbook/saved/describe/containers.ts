import { present } from '../fields.ts';
import { type Entry, entriesOf, entry, timeOf, written } from './sections.ts';

/** A container as `kubectl describe` shows it: what the pod's spec and its status say of it. */
export interface DescribedContainer {
  readonly spec: { readonly name: string; readonly image?: string; readonly volumeMounts?: readonly { readonly name: string }[] };
  readonly status: { readonly name: string; readonly [field: string]: unknown };
}

/** Those below `Containers:`, `Init Containers:` or `Ephemeral Containers:`. */
export function describedContainers(section: Entry | undefined): readonly DescribedContainer[] {
  return section === undefined ? [] : entriesOf(section.below).map(containerOf);
}

function containerOf({ key: name, below }: Entry): DescribedContainer {
  const entries = entriesOf(below);
  const image = written(entries, 'Image');
  const mounts = (entry(entries, 'Mounts')?.below ?? []).flatMap((line) => {
    const [, volume] = /^\s*\S+ from (\S+)/.exec(line) ?? [];
    return volume === undefined ? [] : [{ name: volume }];
  });
  return {
    spec: present({ name, image, volumeMounts: mounts.length === 0 ? undefined : mounts }),
    status: {
      name,
      ...present({
        image,
        imageID: written(entries, 'Image ID'),
        containerID: written(entries, 'Container ID'),
        ready: written(entries, 'Ready') === 'True',
        restartCount: Number(written(entries, 'Restart Count') ?? 0) || 0,
        state: stateOf(entry(entries, 'State')),
        lastState: stateOf(entry(entries, 'Last State')),
      }),
    },
  };
}

/** Of a container that waits kubectl shows the reason and not the message. */
function stateOf(section: Entry | undefined): object | undefined {
  if (section === undefined) return undefined;
  const below = entriesOf(section.below);
  const reason = written(below, 'Reason');
  const message = written(below, 'Message');
  const startedAt = timeOf(below, 'Started');
  switch (section.value) {
    case 'Waiting':
      return { waiting: present({ reason, message }) };
    case 'Running':
      return { running: present({ startedAt }) };
    case 'Terminated':
      return {
        terminated: present({
          reason,
          message,
          exitCode: Number(written(below, 'Exit Code') ?? 0) || 0,
          startedAt,
          finishedAt: timeOf(below, 'Finished'),
        }),
      };
    default:
      return undefined;
  }
}
