import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RegistryKind } from '../../../src/causes/registries/profile.ts';
import { registryProfile } from '../../../src/causes/registries/registry-of.ts';

const kinds: readonly (readonly [string, RegistryKind])[] = [
  ['docker.io', 'docker-hub'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'ecr'],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'ecr'],
  ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'ecr'],
  ['123456789012.dkr-ecr.eu-west-1.on.aws', 'ecr'],
  ['12345.dkr.ecr.eu-west-1.amazonaws.com', 'other'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example', 'other'],
  ['public.ecr.aws', 'ecr-public'],
  ['europe-west1-docker.pkg.dev', 'artifact-registry'],
  ['eu.gcr.io', 'artifact-registry'],
  ['shop.azurecr.io', 'acr'],
  ['shop.westeurope.geo.azurecr.io', 'acr'],
  ['azurecr.io', 'other'],
  ['mcr.microsoft.com', 'mcr'],
  ['ghcr.io', 'ghcr'],
  ['registry.gitlab.com', 'gitlab'],
  ['quay.io', 'quay'],
  ['registry.k8s.io', 'registry-k8s-io'],
  ['registry.redhat.io', 'red-hat'],
  ['nvcr.io', 'nvcr'],
  ['registry.digitalocean.com', 'docr'],
  ['fra.ocir.io', 'ocir'],
  ['de.icr.io', 'icr'],
  ['registry.example.com:5000', 'other'],
];

const reference = (registry: string, repository = 'team/app') => ({ registry, repository, tag: '1', digest: null });

describe('registryProfile', () => {
  for (const [host, kind] of kinds) {
    it(`takes ${host} for ${kind}`, () => assert.equal(registryProfile(reference(host)).kind, kind));
  }

  it('uses the host and port as the key of the secret, but for Docker Hub', () => {
    for (const [host] of kinds) {
      assert.equal(registryProfile(reference(host)).server, host === 'docker.io' ? 'https://index.docker.io/v1/' : host);
    }
  });

  it('names account and region of Amazon ECR in its commands', () => {
    const profile = registryProfile(reference('123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn'));
    assert.match(profile.listTags, /--region cn-north-1 --registry-id 123456789012 --repository-name team\/app /);
    assert.match(profile.nodeAccess?.commands[0] ?? '', /arn:aws-cn:iam::aws:policy/);
  });

  it('quotes what it takes from the image name', () => {
    const profile = registryProfile(reference('europe-docker.pkg.dev', '$(id)/`id`/x'));
    assert.match(profile.nodeAccess?.commands[0] ?? '', /'`id`' --project='\$\(id\)'/);
    assert.equal(profile.listTags, "gcloud artifacts docker tags list 'europe-docker.pkg.dev/$(id)/`id`/x'");
  });

  it('works without a reference', () => {
    assert.equal(registryProfile(null).listTags, 'skopeo list-tags docker://REGISTRY/REPOSITORY');
  });
});
