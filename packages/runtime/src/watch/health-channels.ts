import type { Dispatcher, Log } from "@call-log/dispatcher";
import type { ProblemStore } from "@call-log/store";

import { callChannel } from "./call-channel.ts";
import type { HealthChannel } from "./channel.ts";
import { endpointChannel, type EndpointChannelDeps } from "./endpoint-channel.ts";
import type { HealthSettings } from "./health-settings.ts";
import { webhookChannel } from "./webhook-channel.ts";

/** The channels that the settings name. */
export function healthChannels(
  settings: HealthSettings,
  deps: {
    dispatcher: Pick<Dispatcher, "accept">;
    problems: ProblemStore;
    now: () => Date;
    log: Log;
  } & EndpointChannelDeps,
): HealthChannel[] {
  const { HEALTH_WEBHOOK_URL: url, HEALTH_WEBHOOK_SECRET: secret } = settings;
  const { HEALTH_CALL_TO: toNumber, HEALTH_CALL_PROJECT: projectId } = settings;
  const { now } = deps;
  return [
    endpointChannel(deps),
    ...(url !== undefined && secret !== undefined ? [webhookChannel({ url, secret, now })] : []),
    ...(toNumber !== undefined && projectId !== undefined
      ? [callChannel({ ...deps, toNumber, projectId })]
      : []),
  ];
}
