/** Time-out of the probe, in milliseconds. */
const PATIENCE_MS = 5000;

/** Whether the server answers now. Never throws. */
export async function reachesServer(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { status } = await fetch("/health/live", { cache: "no-store", signal });
    // A proxy that handles this address itself counts as an answer; one without a server behind it answers 502.
    return status < 500;
  } catch {
    // Unreachable: that is the result.
    return false;
  }
}
