import { randomUUID } from "node:crypto";

import { type Dispatcher, errorFields, type Log, type LogFields } from "@call-log/dispatcher";
import { PROBLEM_RULES } from "@call-log/model";
import type { ProblemEvent, ProblemStore, Store } from "@call-log/store";

import type { Closable } from "../closing-stack.ts";
import { applyProblemRules } from "./apply-problem-rules.ts";
import type { HealthChannel } from "./channel.ts";
import { deliverEvents } from "./deliver-events.ts";
import { healthChannels } from "./health-channels.ts";
import type { HealthSettings } from "./health-settings.ts";
import { type FactSources, readHealthFacts } from "./read-health-facts.ts";

/** How often the installation is looked at, by one process at a time. */
const EVERY_SECONDS = 10;

/** What the watch works with. */
export interface WatchOptions extends FactSources {
  store: FactSources["store"] & { problems: ProblemStore };
  log: Log;
  channels: readonly HealthChannel[];
}

/**
 * Look at the health of the installation until it is closed, and report problems where the settings say. Every process does, api or
 * worker, and for each look one of them has the turn, so that a dead one is missed by none.
 */
export function watchHealth(
  { store, dispatcher }: { store: Store; dispatcher: Dispatcher },
  config: HealthSettings,
): Closable {
  const { queues, context } = dispatcher;
  const { settings, now, log } = context;
  const { problems, webhookEndpoints, webhookDeliveries } = store;
  const webhooks = { webhookEndpoints, webhookDeliveries };
  const channels = healthChannels(config, { dispatcher, problems, now, log, ...webhooks });
  return startRounds({ store, queues, settings, now, log, channels });
}

function startRounds(options: WatchOptions): Closable {
  const { log } = options;
  let isHeard = true;
  const round = async () => {
    try {
      await watchRound(options);
      isHeard = true;
    } catch (error) {
      if (isHeard) log.warn(errorFields(error), "the health of the installation is not known");
      isHeard = false;
    }
  };
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= round().finally(() => {
      underWay = undefined;
    });
  }, EVERY_SECONDS * 1000);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** One round: look, if it is this process's turn, and send what is due. */
export async function watchRound(options: WatchOptions): Promise<void> {
  const { store, now, log, channels } = options;
  const { problems } = store;
  // A little less, so that a timer that is early by a moment does not lose its turn.
  if (await problems.takeTurn(EVERY_SECONDS - 1)) {
    const facts = await readHealthFacts(options);
    const events = await applyProblemRules({ problems, now, newId: randomUUID }, facts);
    for (const event of events) write(log, event);
  }
  await Promise.all(channels.map((channel) => deliverEvents({ problems, now, log }, channel)));
}

function write(
  log: Log,
  { kind, id: problemId, rule, projectId, text, since }: ProblemEvent,
): void {
  const { severity, title, remedy } = PROBLEM_RULES[rule];
  const fields: LogFields = { problem: rule, problemId, projectId, since: since.toISOString() };
  if (kind === "ended") log.info(fields, `ended: ${title}`);
  else log[severity === "critical" ? "error" : "warn"](fields, `${title}: ${text} ${remedy}`);
}
