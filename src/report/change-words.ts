import type { Change } from '../values/surroundings.ts';
import { humanDuration } from '../words/durations.ts';
import { list } from '../words/text.ts';

/** `Secret regcred was written 60s before the first failure.` */
export function changesSentence(changes: readonly Change[]): string {
  const told = list(changes.map((change) => `${eventOf(change)} ${humanDuration(change.before)} before the first failure`));
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}.`;
}

function eventOf({ what, name }: Change): string {
  switch (what) {
    case 'node':
      return `node ${name} joined the cluster`;
    case 'rollout':
      return `${name === null ? 'this revision' : `revision ${name}`} was rolled out`;
    case 'secret':
      return `Secret ${name} was written`;
  }
}
