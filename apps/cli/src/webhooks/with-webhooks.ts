import type { CallLogClient } from "@call-log/client";

import { openClient } from "../access/access.ts";
import { chosenProject, withStore } from "../access/with-store.ts";
import type { CommandContext } from "../command.ts";
import type { WebhookSource } from "./webhook-source.ts";
import { webhooksOfDatabase } from "./webhooks-of-database.ts";

/** Reach the webhooks: through the api with a key, else in the database of the installation, which is closed after. */
export async function withWebhooks<T>(
  given: {
    apiKey?: string | undefined;
    url?: string | undefined;
    project?: string | undefined;
    installation?: true | undefined;
  },
  context: CommandContext,
  act: (source: WebhookSource) => Promise<T>,
): Promise<T> {
  const { installation, project, ...access } = given;
  const client = await openClient(access, context);
  if (client !== undefined) return act(webhooksOfApi(client, installation === true));
  return withStore(context, async (store) => {
    const scope = installation ? null : (await chosenProject(store, project))._id;
    return act(webhooksOfDatabase(store, scope));
  });
}

function webhooksOfApi(client: CallLogClient, ofInstallation: boolean): WebhookSource {
  const endpoints = ofInstallation ? client.operator.webhooks : client.webhooks;
  const { deliveries } = endpoints;
  return {
    list: () => endpoints.list.query(),
    get: (id) => endpoints.get.query({ id }),
    create: (input) => endpoints.create.mutate(input),
    update: (id, change) => endpoints.update.mutate({ id, ...change }),
    remove: (id) => endpoints.delete.mutate({ id }),
    secrets: (id) => endpoints.revealSecret.mutate({ id }),
    rotate: (id, rotation) => endpoints.rotateSecret.mutate({ id, ...rotation }),
    test: (id) => endpoints.test.mutate({ id }),
    deliveries: (request) => deliveries.list.query(request),
    delivery: (id) => deliveries.get.query({ id }),
    resend: (id) => deliveries.resend.mutate({ id }),
    resendFailed: (request) => deliveries.resendFailed.mutate(request),
    replay: (id, replay) => deliveries.replay.mutate({ id, ...replay }),
  };
}
