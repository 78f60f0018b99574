import type { Outgoing, Reply, Transport } from './transport.ts';

/** A token lives for 60 seconds at least (distribution, token specification): what is remembered is used for less. */
const longestMilliseconds = 30_000;

/** Longer bodies are asked for again rather than kept. */
const longestBody = 1024 * 1024;

interface Known {
  readonly reply: Promise<Reply>;
  readonly until: number;
}

/**
 * The same transport for many images: a request that is like one before in every respect, its login included, gets that one's answer.
 * Images of one repository so share its token and its list of tags. What failed is tried again.
 * @param now milliseconds of a clock that does not go back
 */
export function sharingTransport(transport: Transport, now: () => number = () => performance.now()): Transport {
  const known = new Map<string, Known>();
  const send = async (outgoing: Outgoing): Promise<Reply> => {
    const key = JSON.stringify({ ...outgoing, url: outgoing.url.href });
    forget(known, now());
    const earlier = known.get(key);
    if (earlier) return earlier.reply;
    const reply = transport.send(outgoing);
    known.set(key, { reply, until: now() + longestMilliseconds });
    const settled = await reply;
    if (!isWorthKeeping(settled) && known.get(key)?.reply === reply) known.delete(key);
    return settled;
  };
  return { send, close: () => transport.close() };
}

/** What may not be used any more; all are kept for as long, so the oldest stand first. */
function forget(known: Map<string, Known>, now: number): void {
  for (const [key, { until }] of known) {
    if (now < until) return;
    known.delete(key);
  }
}

function isWorthKeeping(reply: Reply): boolean {
  return 'answer' in reply && reply.answer.status < 500 && reply.answer.body.length <= longestBody;
}
