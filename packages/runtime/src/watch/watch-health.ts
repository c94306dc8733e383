import type { Dispatcher } from "@call-log/dispatcher";
import type { Store } from "@call-log/store";

import type { Closable } from "../closing-stack.ts";
import { healthChannels } from "./health-channels.ts";
import type { HealthSettings } from "./health-settings.ts";
import { startHealthWatch } from "./health-watch.ts";

/** Look at the health of the installation until it is closed, and report problems where the settings say. */
export function watchHealth(
  { store, dispatcher }: { store: Store; dispatcher: Dispatcher },
  config: HealthSettings,
): Closable {
  const { queues, context } = dispatcher;
  const { settings, now, log } = context;
  const { problems, webhookEndpoints, webhookDeliveries } = store;
  const webhooks = { webhookEndpoints, webhookDeliveries };
  const channels = healthChannels(config, { dispatcher, problems, now, log, ...webhooks });
  return startHealthWatch({ store, queues, settings, now, log, channels });
}
