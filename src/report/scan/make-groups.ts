import type { CauseGroup, GroupMember } from '../../values/group.ts';
import { pluginCommand } from '../../values/plugin-name.ts';
import type { ReportGroup, ReportGroupPod } from '../../values/report.ts';
import type { CauseTitles } from '../make-report.ts';
import { forAll } from './for-all.ts';

/** Groups → what `-o json` says of them. Pure. */
export function makeGroups(groups: readonly CauseGroup[], causes: CauseTitles): readonly ReportGroup[] {
  return groups.map((group) => {
    const { code, confidence, retry, subject, members, since, example } = group;
    const { title, family } = causes[code];
    const { explanation, fixes } = forAll(group);
    return {
      cause: { code, family, title, confidence, retry, explanation, explain: `${pluginCommand} explain ${code}` },
      subject,
      pods: podsOf(members),
      owners: ownersOf(members),
      nodes: [...new Set(members.flatMap(({ node }) => node ?? []))].sort(),
      since,
      fixes,
      example: { namespace: example.namespace, name: example.pod },
    };
  });
}

/** A pod may fail with several of its images. */
function podsOf(members: readonly GroupMember[]): readonly ReportGroupPod[] {
  const pods = new Map<string, ReportGroupPod & { readonly images: ReportGroupPod['images'][number][] }>();
  for (const { namespace, pod, node, container, image, code, confidence } of members) {
    const key = `${namespace}/${pod}`;
    const known = pods.get(key) ?? { namespace, name: pod, node, images: [] };
    known.images.push({ container, image, code, confidence });
    pods.set(key, known);
  }
  return [...pods.values()];
}

/** A pod without an owner is its own. */
function ownersOf(members: readonly GroupMember[]): ReportGroup['owners'] {
  const owners = new Map<string, { kind: string; name: string; namespace: string; pods: Set<string> }>();
  for (const { namespace, pod, owner } of members) {
    const { kind, name } = owner ?? { kind: 'Pod', name: pod };
    const key = `${namespace}/${kind}/${name}`;
    const known = owners.get(key) ?? { kind, name, namespace, pods: new Set<string>() };
    known.pods.add(pod);
    owners.set(key, known);
  }
  return [...owners.values()].map((owner) => ({ ...owner, pods: owner.pods.size })).sort((a, b) => b.pods - a.pods);
}
