import type { Answer } from './transport.ts';

/**
 * The answer with its body unpacked: no packing is asked for, but some servers and proxies pack whatever they send, and runtimes read it.
 * What cannot be unpacked stays as it came.
 * @param limit bytes of the body that are wanted
 */
export async function unpacked(answer: Answer, limit: number): Promise<Answer> {
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase();
  if (answer.body.length === 0 || answer.truncated || encoding === undefined) return answer;
  const { gunzipSync, inflateSync } = await import('node:zlib');
  const unpack = encoding === 'gzip' || encoding === 'x-gzip' ? gunzipSync : encoding === 'deflate' ? inflateSync : null;
  if (!unpack) return answer;
  try {
    return { ...answer, body: unpack(answer.body, { maxOutputLength: Math.max(1, limit) }) };
  } catch {
    return answer;
  }
}
