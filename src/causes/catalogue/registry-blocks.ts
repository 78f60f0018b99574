import type { Fix } from '../../values/verdict.ts';
import { sentences } from '../../words/text.ts';
import { capitalised, registryWords, theNode, theRegistry } from '../facts.ts';
import { policyWords } from '../registries/policy-words.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { CatalogueEntry } from './entry.ts';

const registryAddressBlocked: CatalogueEntry = {
  family: 'credentials',
  title: 'the registry blocks this network address',
  retry: 'never',
  explanation(view) {
    const address = /IP '?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]*:[0-9a-f:]+)'?/i.exec(view.reading?.error.raw ?? '')?.[1];
    const words = registryWords(view);
    if (view.reading?.error.status === 451 && !words)
      return `${capitalised(theRegistry(view))} does not serve the image for legal reasons (451): from the address of ${theNode(view)}, or to anybody.`;
    return sentences(
      `${capitalised(theRegistry(view))} refuses requests from ${address ? `the address ${address}` : `the address of ${theNode(view)}`}, whoever asks.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes(view) {
    const { kind } = registryProfile(view.spec?.reference ?? null);
    const name = view.spec?.reference?.registry.split('.')[0]?.split('-')[0] ?? 'REGISTRY';
    const azure: Fix = {
      title: 'let the address that the nodes leave by through the registry firewall',
      commands: [`az acr network-rule add --name ${/^[A-Za-z0-9]+$/.test(name) ? name : 'REGISTRY'} --ip-address ADDRESS`],
    };
    return [
      kind === 'acr' ? azure : { title: "add the address that the nodes leave by to the registry's allowed networks", commands: [] },
      { title: 'or reach the registry by a private endpoint, or mirror the image into a registry that admits the nodes', commands: [] },
    ];
  },
};

const registryPolicyBlocked: CatalogueEntry = {
  family: 'credentials',
  title: 'a policy of the registry blocks this image',
  retry: 'never',
  explanation(view) {
    const words = registryWords(view) ?? policyWords(view);
    return sentences(
      `${capitalised(theRegistry(view))} has the image and refuses to serve it by a policy of its own.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes: () => [
    { title: 'rebuild the image so that it passes the policy (scan result, signature, quarantine), and use the new tag', commands: [] },
    { title: "or have the registry's administrator scan, release or exempt this image", commands: [] },
  ],
};

/** What a registry refuses whoever asks: where the request comes from, and what an image is. */
export const registryBlocks = {
  'registry-address-blocked': registryAddressBlocked,
  'registry-policy-blocked': registryPolicyBlocked,
};
