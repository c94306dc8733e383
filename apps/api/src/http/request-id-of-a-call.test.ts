import { startWorkers } from "@call-log/dispatcher";
import { createLogger } from "@call-log/runtime";
import { suiteLines, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { freshApi } from "../testing/fresh-api.ts";

test("what a worker logs about a call has the id of the request that asked for it", async () => {
  await using api = await freshApi();
  const lines: Record<string, unknown>[] = [];
  const to = {
    write(text: string) {
      suiteLines.write(text);
      lines.push(JSON.parse(text) as Record<string, unknown>);
    },
  };
  const { context, queues } = api.dependencies.dispatcher;
  const broken = () => Promise.reject(new Error("it is broken"));
  const providers = Object.fromEntries(
    Object.entries(context.providers).map(([name, one]) => [name, { ...one, placeCall: broken }]),
  );
  const log = createLogger({ role: "worker", level: "warn", to });
  const workers = startWorkers({ context: { ...context, providers, log }, queues });
  await using _closing = { [Symbol.asyncDispose]: () => workers.close() };
  const place = async (headers: Record<string, string>) => {
    const body = { toNumber: "+15550100100", say: "The database is down." };
    const answer = await api.ask("POST", "/api/call-log", { body, headers });
    return String(answer.body["_id"]);
  };
  const named = await place({ "x-request-id": "alert-42" });
  const unnamed = await place({});
  const linesOf = (id: string) => lines.filter(({ callLogId }) => callLogId === id);
  await waitFor(() => linesOf(named).length > 0 && linesOf(unnamed).length > 0, {
    describe: "a line about each call",
  });
  expect(linesOf(named)[0]).toMatchObject({ attemptId: `${named}-1`, requestId: "alert-42" });
  expect(linesOf(unnamed)[0]!["requestId"]).toMatch(/^[\w-]{36}$/);
});
