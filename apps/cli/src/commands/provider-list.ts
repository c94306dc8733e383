import { z } from "zod";

import { defineCommand } from "../command.ts";
import { shownTime, tableText } from "../table.ts";
import { withStore } from "../with-store.ts";

/** `provider list`: the provider accounts that are paused, by whom and why. */
export const providerList = defineCommand({
  name: "provider list",
  summary: "List the provider accounts that are paused, and why",
  declare: () => {},
  options: z.strictObject({}),
  run: (_, context) =>
    withStore(context, async (store) => {
      const states = await store.providerStates.list();
      const paused = states.flatMap(({ _id: name, paused: pause }) =>
        pause === undefined ? [] : [{ name, ...pause }],
      );
      const text = tableText(paused, {
        PROVIDER: ({ name }) => name,
        BY: ({ by }) => by,
        SINCE: ({ at }) => shownTime(at),
        REASON: ({ reason }) => reason,
      });
      return { json: paused, text: paused.length === 0 ? "no provider is paused" : text };
    }),
});
