/** An answer of a service and how long it took; without one, the service is away. */
export interface Reached<T> {
  isUp: boolean;
  ms: number;
  answer?: T;
}

/** Ask a service, and measure it. Never throws. */
export async function reach<T>(ask: () => Promise<T>): Promise<Reached<T>> {
  const from = performance.now();
  const msNow = () => Math.round(performance.now() - from);
  try {
    const answer = await ask();
    return { isUp: true, ms: msNow(), answer };
  } catch {
    // That it is away is the answer; why, the connection has logged.
    return { isUp: false, ms: msNow() };
  }
}
