import type { CallLogClient } from "@call-log/client";
import { SIMULATED_WARNING } from "@call-log/model";
import { z } from "zod";

import { accessOptions, openClient } from "../../access/access.ts";
import { declareOperator } from "../../access/operator-access.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { tableText } from "../../output/table.ts";

type Health = Awaited<ReturnType<CallLogClient["system"]["health"]["query"]>>;

/** One thing that the api says of itself. */
interface Finding {
  name: string;
  isGood: boolean;
  detail: string;
}

/** `health`: how the installation does, as far as a project's key sees it; exit code 1 when something keeps calls from being placed. */
export const health = defineCommand({
  name: "health",
  summary: "Ask the api whether calls are placed: servers, workers, providers, stuck calls",
  declare: declareOperator,
  options: z.strictObject({ apiKey: accessOptions.apiKey, url: accessOptions.url }),
  run: async (given, context) => {
    const client = await openClient(given, context);
    if (client === undefined)
      throw new CliError("--api-key: is needed, since the api is asked; on the machine: doctor");
    const answer = await client.system.health.query();
    const findings = findingsOf(answer);
    const text = tableText(findings, {
      CHECK: ({ name }) => name,
      RESULT: ({ isGood }) => (isGood ? "ok" : "FAILED"),
      DETAIL: ({ detail }) => detail,
    });
    return { json: answer, text, exitCode: findings.every(({ isGood }) => isGood) ? 0 : 1 };
  },
});

function findingsOf({ mongodb, redis, hasWorkers, calls, providers, ...more }: Health): Finding[] {
  const paused = providers.filter(({ isPaused }) => isPaused).map(({ name }) => name);
  const names = providers.map(({ name }) => name).join(", ");
  const warning = more.simulated ? `; ${SIMULATED_WARNING}` : "";
  return [
    reached("mongodb", mongodb),
    reached("redis", redis),
    { name: "workers", isGood: hasWorkers, detail: hasWorkers ? "run" : "none runs" },
    {
      name: "providers",
      isGood: paused.length < providers.length && !more.providersDiffer,
      detail: more.providersDiffer
        ? "processes run with different PROVIDER lists; see: doctor"
        : `${names}${paused.length > 0 ? `; paused: ${paused.join(", ")}` : ""}${warning}`,
    },
    {
      name: "stuck calls",
      isGood: calls.stuckCalls.length === 0,
      detail: calls.stuckCalls.map(({ _id }) => _id).join(", ") || "none",
    },
  ];
}

function reached(name: string, { isUp, ms }: { isUp: boolean; ms: number | null }): Finding {
  return { name, isGood: isUp, detail: isUp ? `answers in ${Math.round(ms ?? 0)} ms` : "away" };
}
