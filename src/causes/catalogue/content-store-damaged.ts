import { command } from '../../words/shell.ts';
import { theNode } from '../facts.ts';
import { present } from '../fix/present.ts';
import { moveAway } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const contentStoreDamaged: CatalogueEntry = {
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
