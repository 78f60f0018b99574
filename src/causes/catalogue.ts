import type { CauseCode } from '../values/cause-code.ts';
import { content } from './catalogue/content.ts';
import { credentials } from './catalogue/credentials.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { network } from './catalogue/network.ts';
import { node } from './catalogue/node.ts';
import { other } from './catalogue/other.ts';
import { rate } from './catalogue/rate.ts';
import { reference } from './catalogue/reference.ts';
import { registry } from './catalogue/registry.ts';
import { tls } from './catalogue/tls.ts';

/** What is said about each cause: it does not compile while one lacks its text. The longer text is in docs/causes/CODE.md. */
export const catalogue: Readonly<Record<CauseCode, CatalogueEntry>> = {
  ...reference,
  ...credentials,
  ...rate,
  ...network,
  ...tls,
  ...registry,
  ...content,
  ...node,
  ...other,
} satisfies Record<CauseCode, CatalogueEntry>;
