import type { Reference } from '../values/evidence.ts';
import { shellQuote } from './fix/shell.ts';
import { kindByAnswers, type RegistryHabits, registryHabits } from './registry-habits.ts';
import type { ImageView } from './view.ts';

export type RegistryKind =
  | 'docker-hub'
  | 'ecr'
  | 'ecr-public'
  | 'artifact-registry'
  | 'acr'
  | 'mcr'
  | 'ghcr'
  | 'gitlab'
  | 'quay'
  | 'harbor'
  | 'artifactory'
  | 'registry-k8s-io'
  | 'red-hat'
  | 'nvcr'
  | 'docr'
  | 'ocir'
  | 'icr'
  | 'other';

/** What a registry's host tells about its credentials and commands. The texts marked "shell" may stand in a command as they are. */
export interface RegistryProfile {
  readonly kind: RegistryKind;
  /** For people, e.g. `Amazon ECR`. */
  readonly name: string;
  /** The key that the kubelet matches for this registry's images: the value of --docker-server. */
  readonly server: string;
  /** Shell: the user that the registry prescribes, or a placeholder. */
  readonly username: string;
  /** Shell: a command that prints the password, or a placeholder. */
  readonly password: string;
  /** What to use as the password, as part of a sentence. */
  readonly credential: string;
  /** How long such a password lives, in hours; null where it does not say. */
  readonly lifetimeHours: number | null;
  /** Everything in it is public: a credential is never the cure. */
  readonly publicOnly: boolean;
  /** Shell: lists the repository's tags. */
  readonly listTags: string;
  /** How a user of this registry gets the right to pull; null where its own pages for people are the only way. */
  readonly grant: { readonly how: string; readonly commands: readonly string[] } | null;
  /** How the nodes' own identity gets the right to pull, where this registry belongs to a cloud. */
  readonly nodeAccess: NodeAccess | null;
}

export interface NodeAccess {
  readonly title: string;
  readonly commands: readonly string[];
  /** The beginning of spec.providerID on nodes of this cloud. */
  readonly providers: readonly string[];
  /** For people: the cloud, and what a node shows there without any pull secret. */
  readonly cloud: string;
  readonly identity: string;
}

type Rule = { readonly host: RegExp; readonly profile: (reference: Reference, match: RegExpExecArray) => Partial<RegistryProfile> };

// The ECR pattern is that of amazon-ecr-credential-helper (ecr-login/api/client.go).
const rules: readonly Rule[] = [
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
  {
    host: /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-zA-Z0-9][a-zA-Z0-9_-]*)\.(amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn))$/,
    profile: (reference, match) => {
      const [account = '', region = '', domain = ''] = match.slice(1);
      const partition = domain.endsWith('.cn') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
      return {
        kind: 'ecr',
        name: 'Amazon ECR',
        username: 'AWS',
        password: `"$(aws ecr get-login-password --region ${region})"`,
        credential: 'a login password of Amazon ECR, which lasts 12 hours',
        lifetimeHours: 12,
        grant: {
          how: 'its IAM policy must allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and from another account the repository policy too',
          commands: [
            `aws ecr set-repository-policy --region ${region} --registry-id ${account} --repository-name ${shellQuote(reference.repository)} --policy-text file://POLICY.json`,
          ],
        },
        listTags: `aws ecr describe-images --region ${region} --registry-id ${account} --repository-name ${shellQuote(reference.repository)} --query 'imageDetails[].imageTags[]' --output text`,
        nodeAccess: {
          title: "let the nodes' IAM role pull from Amazon ECR",
          commands: [
            `aws iam attach-role-policy --role-name NODE_ROLE --policy-arn arn:${partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly`,
          ],
          providers: ['aws'],
          cloud: 'AWS',
          identity: 'the IAM role of the node, by the ecr-credential-provider of the kubelet',
        },
      };
    },
  },
  {
    host: /^(public\.ecr\.aws|ecr-public\.aws\.com)$/,
    profile: () => ({
      kind: 'ecr-public',
      name: 'Amazon ECR Public',
      username: 'AWS',
      password: '"$(aws ecr-public get-login-password --region us-east-1)"',
      credential: 'a login password of Amazon ECR Public, which lasts 12 hours',
      lifetimeHours: 12,
    }),
  },
  {
    host: /^([a-z0-9-]+)-docker\.pkg\.dev$/,
    profile: (reference, match) => {
      const [project = 'PROJECT', repository = 'REPOSITORY'] = reference.repository.split('/');
      const reader = (account: string): string =>
        `gcloud artifacts repositories add-iam-policy-binding ${shellQuote(repository)} --project=${shellQuote(project)} --location=${match[1]} --member=serviceAccount:${account} --role=roles/artifactregistry.reader`;
      return {
        ...google,
        listTags: `gcloud artifacts docker tags list ${shellQuote(`${reference.registry}/${reference.repository}`)}`,
        grant: { how: 'roles/artifactregistry.reader', commands: [reader('SERVICE_ACCOUNT')] },
        nodeAccess: {
          title: "let the nodes' service account read the repository",
          commands: [reader('NODE_SERVICE_ACCOUNT')],
          providers: ['gce'],
          cloud: 'Google Cloud',
          identity: 'the service account of the node',
        },
      };
    },
  },
  {
    host: /^(?:(?:us|eu|asia)\.)?gcr\.io$/,
    profile: (reference) => {
      const project = shellQuote(reference.repository.split('/')[0] ?? 'PROJECT');
      const reader = (account: string): string =>
        `gcloud projects add-iam-policy-binding ${project} --member=serviceAccount:${account} --role=roles/artifactregistry.reader`;
      return {
        ...google,
        listTags: `gcloud container images list-tags ${shellQuote(`${reference.registry}/${reference.repository}`)}`,
        grant: { how: 'roles/artifactregistry.reader', commands: [reader('SERVICE_ACCOUNT')] },
        nodeAccess: {
          title: "let the nodes' service account read the project's images",
          commands: [reader('NODE_SERVICE_ACCOUNT')],
          providers: ['gce'],
          cloud: 'Google Cloud',
          identity: 'the service account of the node',
        },
      };
    },
  },
  {
    host: /^([a-zA-Z0-9]+)(?:-[a-z0-9]+)?(?:\.[a-z0-9]+\.geo)?\.azurecr\.(?:io|cn|us)$/,
    profile: (reference, match) => ({
      kind: 'acr',
      name: 'Azure Container Registry',
      username: 'TOKEN_NAME',
      password: 'TOKEN_PASSWORD',
      grant: {
        how: 'the role AcrPull (in registries with ABAC, Container Registry Repository Reader)',
        commands: [
          `az role assignment create --assignee IDENTITY --role AcrPull --scope "$(az acr show --name ${match[1]} --query id --output tsv)"`,
        ],
      },
      credential: 'a repository-scoped token, or a service principal (its application id and secret) with AcrPull',
      listTags: `az acr repository show-tags --name ${match[1]} --repository ${shellQuote(reference.repository)} --orderby time_desc --output table`,
      nodeAccess: {
        title: 'let the AKS cluster pull from this registry',
        commands: [`az aks update --name CLUSTER --resource-group RESOURCE_GROUP --attach-acr ${match[1]}`],
        providers: ['azure'],
        cloud: 'Azure',
        identity: 'the kubelet identity of the cluster, which needs AcrPull',
      },
    }),
  },
  { host: /^mcr\.microsoft\.com$/, profile: () => ({ kind: 'mcr', name: 'Microsoft Artifact Registry', publicOnly: true }) },
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
  {
    host: /^registry\.digitalocean\.com$/,
    profile: () => ({
      kind: 'docr',
      name: 'DigitalOcean',
      username: 'API_TOKEN',
      password: 'API_TOKEN',
      credential: 'an API token, as user and as password',
      grant: {
        how: 'the integration of the registry with the cluster, which puts a pull secret into each namespace',
        commands: ['doctl kubernetes cluster registry add CLUSTER'],
      },
    }),
  },
  {
    host: /^(?:[a-z0-9-]+\.ocir\.io|ocir\.[a-z0-9-]+\.oci\.oraclecloud\.com)$/,
    profile: () => ({
      kind: 'ocir',
      name: 'Oracle Cloud',
      username: 'TENANCY_NAMESPACE/USERNAME',
      password: 'AUTH_TOKEN',
      credential: 'an auth token of an Oracle Cloud user',
      nodeAccess: {
        title: "let the nodes' instance principal read the repositories, and install the credential provider for OCIR on them",
        commands: [
          'oci iam policy create --compartment-id TENANCY --name pull-images --description images --statements \'["Allow dynamic-group NODES to read repos in tenancy"]\'',
        ],
        providers: ['oci', 'ocid1.instance'],
        cloud: 'Oracle Cloud',
        identity: 'its instance principal, by a credential provider of the kubelet',
      },
    }),
  },
  {
    host: /^(?:[a-z0-9-]+\.)?icr\.io$/,
    profile: () => ({
      kind: 'icr',
      name: 'IBM Cloud',
      username: 'iamapikey',
      password: 'API_KEY',
      credential: 'an IBM Cloud API key; the user is iamapikey',
      grant: {
        how: 'the service role Reader on Container Registry',
        commands: ['ibmcloud iam user-policy-create USER --service-name container-registry --roles Reader'],
      },
    }),
  },
];

const google: Partial<RegistryProfile> = {
  kind: 'artifact-registry',
  name: 'Google Artifact Registry',
  username: '_json_key',
  password: '"$(cat SERVICE_ACCOUNT_KEY.json)"',
  credential: 'the JSON key of a service account that may read the repository; the user is _json_key',
};

/** How the registry of this image means its refusals: known by its host, else by what its answers betray. */
export function habitsOf(view: ImageView): RegistryHabits {
  const { kind } = registryProfile(view.spec?.reference ?? null);
  return registryHabits(kind === 'other' ? (kindByAnswers(view.registry?.attempts ?? []) ?? kind) : kind);
}

/** What is known of the registry of this image. Works without one: then everything is a placeholder. */
export function registryProfile(reference: Reference | null): RegistryProfile {
  const subject = reference ?? { registry: 'REGISTRY', repository: 'REPOSITORY', tag: null, digest: null };
  return { ...plain(subject), ...special(subject) };
}

function special(reference: Reference): Partial<RegistryProfile> {
  for (const rule of rules) {
    const match = rule.host.exec(reference.registry);
    if (match) return rule.profile(reference, match);
  }
  return {};
}

function plain(reference: Reference): RegistryProfile {
  return {
    kind: 'other',
    name: reference.registry === 'REGISTRY' ? 'the registry' : reference.registry,
    server: reference.registry,
    username: 'USERNAME',
    password: 'PASSWORD',
    credential: 'a user or robot account that may pull from the repository',
    lifetimeHours: null,
    publicOnly: false,
    listTags: `skopeo list-tags ${shellQuote(`docker://${reference.registry}/${reference.repository}`)}`,
    grant: null,
    nodeAccess: null,
  };
}
