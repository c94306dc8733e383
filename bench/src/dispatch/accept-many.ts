import { createCallLogClient } from "@call-log/client";

import type { Installation } from "./installation.ts";
import { sendCalls } from "./send-calls.ts";

/** How long 1,000 requests take to be accepted, in milliseconds. */
export interface AcceptTimes {
  /** In one `dispatchMany`. */
  many: number;
  /** One after the other on one connection. */
  oneByOne: number;
  /** Each on its own, 50 at a time. */
  fiftyAtATime: number;
}

const CALLS = 1000;

/** Accept 1,000 calls in each of three ways, and remove them. Nobody dials them. */
export async function measureAccepting(installation: Installation): Promise<AcceptTimes> {
  const { origins, home } = installation;
  const client = createCallLogClient({ url: origins[0]!, apiKey: home.apiKey });
  const request = { toNumber: "+15559998888", say: "The database of shop.example is down." };
  const requests = Array.from({ length: CALLS }, () => request);
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    const took = performance.now() - startedAt;
    const { deletedCount } = await home.callLogs.deleteMany({});
    if (deletedCount !== CALLS) throw new Error(`${deletedCount} of ${CALLS} calls were accepted`);
    return took;
  };
  const send = (connections: number) =>
    timed(() => sendCalls(installation, { calls: CALLS, connections }));
  return {
    many: await timed(() => client.calls.dispatchMany.mutate({ requests })),
    oneByOne: await send(1),
    fiftyAtATime: await send(50),
  };
}
