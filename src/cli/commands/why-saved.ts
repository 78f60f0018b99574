import { readEvidence } from '../files.ts';
import type { Io } from '../io.ts';
import { print } from '../print.ts';
import type { SavedRequest } from '../request.ts';

/** `why --from FILE`: the report of evidence that was saved before, anywhere and without a cluster. */
export async function whySaved(request: SavedRequest, io: Io): Promise<number> {
  return print(await readEvidence(request.from, io), request, io);
}
