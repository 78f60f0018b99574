import type { Fix } from '../../values/verdict.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, imageName, registryWords, theNode, theRegistry } from '../facts.ts';
import { failingStorage } from '../storage.ts';
import type { ImageView } from '../view.ts';

/** What is to be said where the registry served the manifest, and the storage of its layers refused; null: it was not the storage. */
export function storageDenial(view: ImageView): string | null {
  const storage = failingStorage(view);
  if (storage === null) return null;
  const words = registryWords(view);
  const alike = view.registry?.blob?.status === 403;
  return sentences(
    `${capitalised(theRegistry(view))} served the manifest of ${imageName(view)}, and the storage that it sent ${theNode(view)} to for a layer refused: ${clip(storage, 200)}.`,
    words ? `It says: ${words}.` : null,
    alike ? 'It refuses this workstation too.' : null,
  );
}

/** Nobody logs in at a storage: it goes by the signature in the address, and by who comes from where. */
export function storageFixes(view: ImageView): Fix[] {
  return [
    {
      title: `look at what the registry signs such addresses with: its key for the bucket and the rights of that, how long they last, and the clocks of the registry and of ${theNode(view)}`,
      commands: [],
    },
    {
      title: `or at who keeps ${theNode(view)} from the storage: a policy of the bucket or of the network's endpoint for it (on AWS that of the S3 endpoint), a firewall or a proxy`,
      commands: [],
    },
  ];
}
