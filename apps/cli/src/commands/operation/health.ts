import type { CallLogClient } from "@call-log/client";
import { SIMULATED_WARNING } from "@call-log/model";
import { TRPCClientError } from "@trpc/client";
import { z } from "zod";

import { accessOptions, openClient } from "../../access/access.ts";
import { declareOperator } from "../../access/operator-access.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { tableText } from "../../output/table.ts";

type Health = Awaited<ReturnType<CallLogClient["system"]["health"]["query"]>>;
type InstallationHealth = Awaited<ReturnType<CallLogClient["operator"]["health"]["query"]>>;

/** One thing that the api says of itself. */
interface Finding {
  name: string;
  isGood: boolean;
  detail: string;
}

/** `health`: how the installation does, as far as the key sees it, a project's or an operator's; exit code 1 when something keeps calls from being placed. */
export const health = defineCommand({
  name: "health",
  summary: "Ask the api whether calls are placed, and what is wrong: servers, workers, problems",
  declare: declareOperator,
  options: z.strictObject({ apiKey: accessOptions.apiKey, url: accessOptions.url }),
  run: async (given, context) => {
    const client = await openClient(given, context);
    if (client === undefined)
      throw new CliError("--api-key: is needed, since the api is asked; on the machine: doctor");
    const answer = await ask(client);
    const findings = "calls" in answer ? findingsOf(answer) : installationFindings(answer);
    const text = tableText(findings, {
      CHECK: ({ name }) => name,
      RESULT: ({ isGood }) => (isGood ? "ok" : "FAILED"),
      DETAIL: ({ detail }) => detail,
    });
    return { json: answer, text, exitCode: findings.every(({ isGood }) => isGood) ? 0 : 1 };
  },
});

// The key says of itself what kind it is: an operator's is refused where a project's is needed.
async function ask(client: CallLogClient): Promise<Health | InstallationHealth> {
  try {
    return await client.system.health.query();
  } catch (error) {
    const isOperator = error instanceof TRPCClientError && error.data?.code === "FORBIDDEN";
    if (!isOperator) throw error;
    return client.operator.health.query();
  }
}

function installationFindings({
  mongodb,
  redis,
  workers,
  problems,
}: InstallationHealth): Finding[] {
  const draining = workers.filter((worker) => worker.draining).length;
  const taking = workers.length - draining;
  const drained = draining > 0 ? `, ${draining} draining` : "";
  return [
    reached("mongodb", mongodb),
    reached("redis", redis),
    { name: "workers", isGood: taking > 0, detail: `${taking} take jobs${drained}` },
    ...problemFindings(problems),
  ];
}

function problemFindings(problems: Health["problems"]): Finding[] {
  return problems.map(({ rule, text, remedy, since, projectId }) => ({
    name: rule,
    isGood: false,
    detail: `${text} Since ${since}${projectId === null ? "" : `, project ${projectId}`}. ${remedy}`,
  }));
}

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
    ...problemFindings(more.problems),
  ];
}

function reached(name: string, { isUp, ms }: { isUp: boolean; ms: number | null }): Finding {
  return { name, isGood: isUp, detail: isUp ? `answers in ${Math.round(ms ?? 0)} ms` : "away" };
}
