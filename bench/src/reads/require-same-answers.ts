import { isDeepStrictEqual } from "node:util";

import type { Peer } from "./peer.ts";
import type { Workload } from "./workload.ts";

/** Questions of a workload that are compared; each takes a count. */
const COMPARED = 5;

/** Throws unless all peers answer alike: the same call logs in the same order, and the same count. */
export async function requireSameAnswers(
  peers: readonly Peer[],
  { name, questions }: Workload,
): Promise<void> {
  const [first, ...others] = peers;
  for (const question of questions.slice(0, COMPARED)) {
    const expected = await first!.answer(question);
    for (const peer of others) {
      const answer = await peer.answer(question);
      if (isDeepStrictEqual(answer, expected)) continue;
      const [got, wanted] = [answer, expected].map((one) => JSON.stringify(one));
      throw new Error(`${name}: ${peer.name} answered ${got}; ${first!.name} ${wanted}`);
    }
  }
}
