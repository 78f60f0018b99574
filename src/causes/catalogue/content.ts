import type { Fix } from '../../values/verdict.ts';
import { shellQuote } from '../../words/shell.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, imageName, rawMessage, theNode, theRegistry } from '../facts.ts';
import { nodeRuntime } from '../fix/node.ts';
import { pushName } from '../fix/push.ts';
import { retryNow } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { platformMismatch } from './platform-mismatch.ts';
import { unsupportedManifest } from './unsupported-manifest.ts';

const corruptLayer: CatalogueEntry = {
  family: 'content',
  title: 'the downloaded content is corrupt',
  retry: 'never',
  explanation(view) {
    const blob = view.registry?.blob;
    if (blob?.sizes)
      return `${capitalised(theRegistry(view))} does not have ${imageName(view)} as its manifest describes it: the content ${clip(blob.digest, 80)} has ${blob.sizes.served} bytes there, and the manifest says ${blob.sizes.manifest}.`;
    return `What ${theNode(view)} received of ${imageName(view)} is not what its manifest says: digest, size or archive format is wrong.`;
  },
  fixes: (view) => [
    { title: 'push the image again', commands: [`docker push ${pushName(view)}`] },
    ...(view.registry?.blob?.sizes ? [] : [lookBetween(view)]),
    retryNow(view),
  ],
};

function lookBetween(view: ImageView): Fix {
  const way = `${theNode(view)} and ${theRegistry(view)}`;
  return { title: `if other nodes get it right, look for a proxy or cache that changes content between ${way}`, commands: [] };
}

const signatureRejected: CatalogueEntry = {
  family: 'content',
  title: 'a signature policy rejects the image',
  retry: 'never',
  explanation(view) {
    const raw = rawMessage(view, 300);
    return sentences(
      `A policy on ${theNode(view)} does not let ${imageName(view)} run.`,
      raw ? `It says: ${raw.replace(/[.]+$/, '')}.` : null,
    );
  },
  fixes: (view) => [
    { title: 'sign the image with a key that the policy accepts', commands: [`cosign sign ${shellQuote(view.container.image)}`] },
    { title: `or correct the policy on ${theNode(view)}: ${policyPlace(view)}`, commands: [] },
  ],
};

function policyPlace(view: ImageView): string {
  if (nodeRuntime(view) === 'cri-o') return '/etc/containers/policy.json';
  if (nodeRuntime(view) === 'containerd') return "the image verifiers in containerd's configuration";
  return "/etc/containers/policy.json (CRI-O) or the image verifiers in containerd's configuration";
}

export const content = {
  'platform-mismatch': platformMismatch,
  'unsupported-manifest': unsupportedManifest,
  'corrupt-layer': corruptLayer,
  'signature-rejected': signatureRejected,
};
