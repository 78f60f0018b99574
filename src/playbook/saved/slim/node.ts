import { type Json, object, objects, present, text } from '../fields.ts';
import { conditions } from './parts.ts';

/** A node's platform, versions, conditions and images. */
export function node({ spec, status }: Json): object {
  const { nodeInfo, images, conditions: all } = object(status);
  const info = object(nodeInfo);
  const listed = objects(images).map(({ names }) => ({
    names: Array.isArray(names) ? names.slice(0, 20).filter((name) => typeof name === 'string') : [],
  }));
  return {
    spec: present({ providerID: text(object(spec).providerID) }),
    status: present({
      conditions: conditions(all),
      images: listed,
      nodeInfo: present({
        operatingSystem: text(info.operatingSystem),
        architecture: text(info.architecture),
        kubeletVersion: text(info.kubeletVersion),
        containerRuntimeVersion: text(info.containerRuntimeVersion),
      }),
    }),
  };
}
