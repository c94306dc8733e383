/** The server has so long to say that it is there, in milliseconds. */
const PATIENCE_MS = 5000;

/** Whether the server answers at this moment. Never throws. */
export async function reachesServer(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { status } = await fetch("/health/live", { cache: "no-store", signal });
    // A proxy that keeps this address to itself has answered, too; one that has nobody behind it answers 502.
    return status < 500;
  } catch {
    // That it can't be reached is the answer.
    return false;
  }
}
