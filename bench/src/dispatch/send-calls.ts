import type { Priority } from "@call-log/model";
import { Pool } from "undici";
import { z } from "zod";

import type { Installation } from "./installation.ts";

const accepted = z.object({ _id: z.string() });

const REQUEST = { toNumber: "+15559998888", say: "The database of shop.example is down." };

/** How many calls are asked for, and how many requests are under way at a time. */
export interface CallLoad {
  calls: number;
  connections: number;
  /** @defaultValue normal */
  priority?: Priority;
}

/** Ask for calls over kept connections, each its next one as soon as it has its answer; their ids. */
export async function sendCalls(
  { origins, home: { apiKey } }: Pick<Installation, "origins" | "home">,
  { calls, connections, priority }: CallLoad,
): Promise<string[]> {
  const body = JSON.stringify({ ...REQUEST, priority });
  const pools = origins.map((origin) => new Pool(origin, { connections }));
  const headers = { "content-type": "application/json", apikey: apiKey };
  const ids: string[] = [];
  let sent = 0;
  const sendInTurn = async (_: unknown, lane: number) => {
    const pool = pools[lane % pools.length]!;
    while (sent < calls) {
      sent += 1;
      const options = { method: "POST", path: "/api/call-log", headers, body } as const;
      const answer = await pool.request(options);
      const { statusCode } = answer;
      if (statusCode !== 202) throw new Error(`a call was answered with ${statusCode}`);
      ids.push(accepted.parse(await answer.body.json())._id);
    }
  };
  await Promise.all(Array.from({ length: connections }, sendInTurn));
  await Promise.all(pools.map((pool) => pool.close()));
  return ids;
}
