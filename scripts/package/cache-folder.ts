import { root } from '../build/root.ts';

/** What packaging fetches and unpacks; may be removed at any time. */
export const cacheFolder = `${root}/node_modules/.cache/imagepull-package`;
