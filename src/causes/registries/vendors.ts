import type { HostRule } from './profile.ts';

/** Registries of their own, in and outside every cloud. */
export const vendors: readonly HostRule[] = [
  {
    host: /^(docker\.io|index\.docker\.io|registry-1\.docker\.io)$/,
    profile: () => ({
      kind: 'docker-hub',
      name: 'Docker Hub',
      server: 'https://index.docker.io/v1/',
      username: 'DOCKER_ID',
      password: 'ACCESS_TOKEN',
      credential: 'an access token of a Docker account (the user is the Docker ID, not the e-mail address)',
    }),
  },
  { host: /^registry\.k8s\.io$/, profile: () => ({ kind: 'registry-k8s-io', name: 'registry.k8s.io', publicOnly: true }) },
  {
    host: /^ghcr\.io$/,
    profile: () => ({
      kind: 'ghcr',
      name: 'GitHub Container Registry',
      username: 'GITHUB_USER',
      password: 'CLASSIC_TOKEN',
      credential: 'a personal access token (classic) with read:packages',
      grant: {
        how: "read access in the package's settings, and the token authorised for the organisation where that uses single sign-on",
        commands: [],
      },
    }),
  },
  {
    host: /^registry\.gitlab\.com$/,
    profile: () => ({
      kind: 'gitlab',
      name: 'GitLab',
      username: 'DEPLOY_TOKEN_USER',
      password: 'DEPLOY_TOKEN',
      credential: 'a deploy token with read_registry',
      grant: { how: 'the role Reporter in the project at least, and a token with read_registry', commands: [] },
    }),
  },
  {
    host: /^[a-z0-9-]+\.jfrog\.io$/,
    profile: () => ({
      kind: 'artifactory',
      name: 'Artifactory',
      username: 'USER',
      password: 'IDENTITY_TOKEN',
      credential: 'an identity or access token of an Artifactory user with Read on the repository',
    }),
  },
  {
    host: /^quay\.io$/,
    profile: () => ({
      kind: 'quay',
      name: 'Quay.io',
      username: "'ORGANISATION+ROBOT'",
      password: 'ROBOT_TOKEN',
      credential: 'a robot account (its user is ORGANISATION+ROBOT) with read permission on the repository',
      grant: { how: "the permission Read in the repository's settings", commands: [] },
    }),
  },
  {
    host: /^registry\.redhat\.io$/,
    profile: () => ({
      kind: 'red-hat',
      name: 'the Red Hat registry',
      username: "'NUMBER|NAME'",
      password: 'SERVICE_ACCOUNT_TOKEN',
      credential: 'a registry service account of the Red Hat customer portal',
    }),
  },
  {
    host: /^nvcr\.io$/,
    profile: () => ({
      kind: 'nvcr',
      name: 'NVIDIA NGC',
      username: "'$oauthtoken'",
      password: 'NGC_API_KEY',
      credential: 'an NGC API key; the user is the literal text $oauthtoken, in single quotes',
    }),
  },
];
