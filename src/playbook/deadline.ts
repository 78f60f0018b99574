import { ConnectionError } from '../cluster/cluster.ts';

/**
 * The answer, if it comes in time; a late one is dropped.
 * @throws ConnectionError of kind `timeout`
 */
export async function within<T>(milliseconds: number, what: string, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ConnectionError('timeout', `no answer from ${what} within ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
