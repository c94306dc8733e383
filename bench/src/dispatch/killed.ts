import { dispatcherSettings } from "@call-log/dispatcher";
import { z } from "zod";

import type { Suite } from "../suite.ts";
import { until } from "../until.ts";
import type { Home } from "./home.ts";
import { type Installation, ONE_OF_EACH, startInstallation } from "./installation.ts";
import { sendCalls } from "./send-calls.ts";
import { openTestbed, type Testbed } from "./testbed.ts";

/** The provider takes so long that many calls are being handed over at any moment. */
const ANSWER_MS = 500;
const CALLS = 2000;
/** Calls that the provider has been asked for when everything is killed; many more wait. */
const ASKED_BEFORE = 200;
const LAYOUT = { ...ONE_OF_EACH, answerMs: ANSWER_MS };
const { claimDeadlineSeconds } = dispatcherSettings.parse({});

/** What becomes of the calls that nobody knows about after kill -9 of everything under load, and when. */
export const killedSuite: Suite = {
  name: "killed",
  title: "After kill -9 of everything under load",
  async run(settings) {
    const testbed = await openTestbed(settings);
    let installation = await startInstallation(testbed, "product", LAYOUT);
    try {
      await workUntil(testbed, installation);
      await installation.kill();
      const left = await beingHandedOver(testbed.home);
      if (left.size === 0) throw new Error("no call was being handed over when all was killed");
      settings.say(`all killed, ${left.size} calls were being handed over`);
      installation = await startInstallation(testbed, "product", {
        ...LAYOUT,
        ports: installation.ports,
      });
      const waits = [...(await settleTimes(testbed.home, left))].map(
        (seconds) => seconds / claimDeadlineSeconds,
      );
      return [
        `Database: ${testbed.mongo.name}. ${CALLS} calls are asked for, the provider answers after ${ANSWER_MS} ms, and api and worker are killed when it has been asked for ${ASKED_BEFORE}. They start again at once; ${left.size} calls were being handed over, and each is settled when the log says what is known of it: that nobody knows, until the provider is asked, or more. The claim deadline is ${claimDeadlineSeconds} s.`,
        {
          title: "From the claim of a call until it is settled ÷ claim deadline",
          columns: ["", "first", "last"],
          rows: [["calls that were being handed over", Math.min(...waits), Math.max(...waits)]],
        },
      ];
    } finally {
      await installation.close();
      await testbed.close();
    }
  },
};

const asked = z.array(z.unknown());

async function workUntil(testbed: Testbed, installation: Installation): Promise<void> {
  await sendCalls(installation, { calls: CALLS, connections: 50 });
  for (let calls = 0; calls < ASKED_BEFORE;)
    calls += (await testbed.carrier.ask({ waitForCall: true }, asked)).length;
}

/** When each call was claimed that is being handed over, in milliseconds since 1970, by its id. */
async function beingHandedOver({ callLogs }: Home): Promise<Map<string, number>> {
  const found = await callLogs.find({ "attempts.state": "submitting" }).toArray();
  return new Map(
    found.map(({ _id, attempts }) => {
      const claimed = attempts.find(({ state }) => state === "submitting");
      return [_id, claimed!.claimedAt!.getTime()];
    }),
  );
}

/** Seconds from the claim of each call until it is no longer said to be handed over. */
async function settleTimes(home: Home, claimedAt: Map<string, number>): Promise<number[]> {
  const open = new Map(claimedAt);
  const times: number[] = [];
  const look = async () => {
    const still = await beingHandedOver(home);
    const now = Date.now();
    for (const [id, at] of open)
      // A call may be handed over again since; that is another attempt.
      if (still.get(id) !== at) {
        times.push((now - at) / 1000);
        open.delete(id);
      }
    if (open.size > 0) throw new Error(`${open.size} calls are not settled`);
  };
  await until(look, 10 * claimDeadlineSeconds * 1000);
  return times;
}
