import { z } from "zod";

import { accessOptions, declareAccess, openClient } from "../../access/access.ts";
import { findInstallation } from "../../access/installation.ts";
import { chosenProject, withStore } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";
import { clientApi } from "../../mcp/client-api.ts";
import { storeApi } from "../../mcp/store-api.ts";

/** `mcp`: tools for an assistant that starts this program, by the Model Context Protocol on standard input and output. */
export const mcp = defineCommand({
  name: "mcp",
  summary: "Tools for an assistant that starts this program (Model Context Protocol, stdio)",
  declare: declareAccess,
  options: z.strictObject(accessOptions),
  run: async (given, context) => {
    // No other command needs the protocol, so none takes the time to load it.
    const { serveMcp } = await import("../../mcp/serve-mcp.ts");
    const client = await openClient(given, context);
    if (client !== undefined) {
      await serveMcp(clientApi(client), context);
      return undefined;
    }
    const { redisUrl } = await findInstallation(context.settings);
    const { QUEUE_PREFIX: prefix } = context.settings;
    await withStore(context, async (store) => {
      const project = await chosenProject(store, given.project);
      const place = { redisUrl, ...(prefix !== undefined && { prefix }) };
      await serveMcp(storeApi(store, project, place), context);
    });
    return undefined;
  },
});
