/** The answer of a service and its latency in milliseconds; no answer when it is unreachable. */
export interface Reached<T> {
  isUp: boolean;
  ms: number;
  answer?: T;
}

/** Ask a service and measure its latency. Never throws. */
export async function reach<T>(ask: () => Promise<T>): Promise<Reached<T>> {
  const from = performance.now();
  const msNow = () => Math.round(performance.now() - from);
  try {
    const answer = await ask();
    return { isUp: true, ms: msNow(), answer };
  } catch {
    // The connection has logged the cause.
    return { isUp: false, ms: msNow() };
  }
}
