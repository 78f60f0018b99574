import type { GroupSubject } from '../../values/group.ts';
import { list } from '../../words/text.ts';

/** What is broken, in a few words. */
export function subjectWords({ kind, name, namespaces, node, worksElsewhere }: GroupSubject): string {
  switch (kind) {
    case 'image':
      return name;
    case 'repository':
      return `repository ${name}`;
    case 'registry':
      return `registry ${name}`;
    case 'registry-from-node':
      return `registry ${name} from node ${node}${worksElsewhere ? ', while it works elsewhere' : ''}`;
    case 'mirror':
      return `mirror ${name}`;
    case 'secret':
      return `secret ${name} in namespace${namespaces.length === 1 ? '' : 's'} ${list(namespaces, 4)}`;
    case 'node':
      return `node ${name}${worksElsewhere ? ', while its registries work elsewhere' : ''}`;
  }
}
