import { shellQuote } from '../../words/shell.ts';
import type { HostRule, RegistryProfile } from './profile.ts';

const google: Partial<RegistryProfile> = {
  kind: 'artifact-registry',
  name: 'Google Artifact Registry',
  username: '_json_key',
  password: '"$(cat SERVICE_ACCOUNT_KEY.json)"',
  credential: 'the JSON key of a service account that may read the repository; the user is _json_key',
};

/**
 * Registries that belong to a cloud: nodes there may pull by an identity of their own. The ECR pattern is that of
 * amazon-ecr-credential-helper (ecr-login/api/client.go).
 */
export const clouds: readonly HostRule[] = [
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
