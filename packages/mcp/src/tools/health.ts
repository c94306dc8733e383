import { SIMULATED_WARNING } from "@call-log/model";
import { z } from "zod";

import { zoneField } from "../call-search.ts";
import { shownTimes } from "../text/shown-times.ts";
import type { HealthView } from "../tool-api.ts";
import { defineTool, READS } from "../tool.ts";

/** `health`: what is wrong now, and what to do about it. */
export const health = defineTool({
  name: "health",
  title: "What is wrong now",
  description:
    "Say whether calls are placed now, and what is wrong: problems with their remedy, servers that are away, paused providers, calls that are stuck.",
  hints: READS,
  needs: "read",
  input: z.strictObject({ timeZone: zoneField }),
  output: z.object({
    isGood: z.boolean(),
    problems: z.array(
      z.object({
        title: z.string(),
        severity: z.string(),
        text: z.string(),
        remedy: z.string(),
        since: z.string(),
        docs: z.string(),
      }),
    ),
    findings: z.array(z.string()).meta({ description: "What else keeps calls from being placed" }),
    simulated: z.boolean().meta({ description: "A call may go to a provider that rings no phone" }),
  }),
  async run({ timeZone }, { api }) {
    const view = await api.health();
    const { day } = shownTimes(timeZone);
    const findings = findingsOf(view);
    const problems = view.problems.map(({ title, severity, text, remedy, since, docs }) => ({
      title,
      severity,
      text,
      remedy,
      since,
      docs,
    }));
    const isGood = problems.length === 0 && findings.length === 0;
    const lines = [
      isGood ? "Nothing is wrong: calls are placed." : "Something is wrong.",
      ...problems.map(
        ({ text, since, remedy }) => `${text} Since ${day(since)}. What to do: ${remedy}`,
      ),
      ...findings,
      ...(view.simulated ? [`Calls may go to ${SIMULATED_WARNING}.`] : []),
    ];
    return {
      data: { isGood, problems, findings, simulated: view.simulated },
      text: lines.join("\n"),
    };
  },
});

function findingsOf(view: HealthView): string[] {
  const { redis, mongodb, hasWorkers, providers, calls, operatorPause, paused: own } = view;
  const paused = providers.filter(({ isPaused }) => isPaused).map(({ name }) => name);
  const stuck = calls.stuckCalls.map(({ _id }) => _id);
  return [
    ...(mongodb.isUp ? [] : ["The database does not answer."]),
    ...(redis.isUp ? [] : ["Redis does not answer: calls wait."]),
    ...(hasWorkers ? [] : ["No worker runs: calls wait."]),
    ...(own ? [`The project is paused: ${own.reason}`] : []),
    ...(operatorPause ? [`The project is paused by an operator: ${operatorPause.reason}`] : []),
    ...(paused.length > 0 ? [`Paused provider accounts: ${paused.join(", ")}.`] : []),
    ...(stuck.length > 0 ? [`Calls that are stuck: ${stuck.join(", ")}.`] : []),
  ];
}
