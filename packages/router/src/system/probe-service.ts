/** The answer of a service and its latency in milliseconds; no answer when it is unreachable. */
export interface Probed<T> {
  isUp: boolean;
  ms: number;
  answer?: T;
}

/** Ask a service and measure its latency. Never throws. */
export async function probe<T>(ask: () => Promise<T>): Promise<Probed<T>> {
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
