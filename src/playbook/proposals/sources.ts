import type { Cluster } from '../../cluster/cluster.ts';
import type { Credential } from '../../image/keyring.ts';
import type { UsedImage } from '../../image/proposals.ts';
import { parseReference } from '../../image/reference.ts';
import type { ImageSpec, Neighbours, NodeFacts, Reference, SecretsFacts, Step } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { earlierImage } from './earlier-images.ts';
import type { ProposalSources } from './propose.ts';

/** What this cluster knows of images like one whose name seems wrong. */
export function proposalSources(
  cluster: Cluster,
  pod: RawPod,
  node: Step<NodeFacts>,
  secrets: Step<SecretsFacts>,
  logins: (reference: Reference) => readonly Credential[],
): ProposalSources {
  const neighbours = node.outcome === 'done' && 'value' in node.facts.neighbours ? node.facts.neighbours.value : [];
  return {
    logins,
    hosts: [...new Set([...secretHosts(secrets), ...imageHosts(neighbours)])],
    async used(image: ImageSpec): Promise<readonly UsedImage[]> {
      const alike = neighbours.find(({ container, kind }) => container === image.container && kind === image.kind)?.alike ?? [];
      // A volume or the sandbox may be called as a container is.
      const inTemplate = image.kind === 'container' || image.kind === 'initContainer';
      const earlier = inTemplate ? await earlierImage(cluster, pod, image.container) : null;
      return [
        ...(earlier === null ? [] : [{ image: earlier, why: 'earlier-rollout' as const }]),
        ...alike.map(({ image }) => ({ image, why: 'in-use' as const })),
      ];
    },
  };
}

function secretHosts(secrets: Step<SecretsFacts>): readonly string[] {
  if (secrets.outcome !== 'done') return [];
  const keys = secrets.facts.secrets.flatMap(({ entries }) => entries.map(({ key }) => key));
  return keys.flatMap((key) => key.replace(/^https?:\/\//, '').split('/', 1));
}

function imageHosts(neighbours: readonly Neighbours[]): readonly string[] {
  const images = neighbours.flatMap(({ alike = [] }) => alike.map(({ image }) => image));
  return images.flatMap((image) => {
    const parsed = parseReference(image);
    return 'reference' in parsed ? [parsed.reference.registry] : [];
  });
}
