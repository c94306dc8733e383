import { afterAll, beforeAll, expect, test } from "vitest";

import { answerPointer, problems } from "../testing/documented-responses.ts";
import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
  const problem = { state: "open", since: new Date(), text: "It is so." } as const;
  const begin = (rule: "no-worker" | "call-stuck", projectId?: string) =>
    api.store.problems.step(undefined, {
      state: { ...problem, key: rule, rule, problemId: rule, projectId },
    });
  await begin("no-worker");
  await begin("call-stuck", api.projectId);
});
afterAll(() => api[Symbol.asyncDispose]());

const rules = (body: unknown) =>
  (body as { problems: { rule: string }[] }).problems.map(({ rule }) => rule);

test("a project's key gets what is wrong with the project, as system.health has it", async () => {
  const { status, body } = await api.ask("GET", "/health");
  expect(status).toBe(200);
  expect(rules(body)).toEqual(["call-stuck"]);
  expect(body).toMatchObject({
    problems: [{ severity: "critical", title: "Calls are stuck", text: "It is so." }],
    mongodb: { isUp: true },
    calls: { open: 0 },
  });
  const trpc = await api.ask("GET", "/trpc/system.health");
  const { result } = trpc.body as unknown as { result: { data: object } };
  expect(Object.keys(body).toSorted()).toEqual(Object.keys(result.data).toSorted());
  expect(problems(answerPointer("GET", "/health", 200)!, body)).toEqual([]);
  expect(rules((await api.ask("GET", "/health", { key: api.otherKey })).body)).toEqual([]);
});

test("an operator's key gets what is wrong with the installation and every project", async () => {
  const { key } = await api.keyWith(["Operator"]);
  const { status, body } = await api.ask("GET", "/installation/health", { key });
  expect(status).toBe(200);
  expect(rules(body).toSorted()).toEqual(["call-stuck", "no-worker"]);
  expect(problems(answerPointer("GET", "/installation/health", 200)!, body)).toEqual([]);
  expect((await api.ask("GET", "/installation/health")).status).toBe(403);
  expect((await api.ask("GET", "/health", { key })).status).toBe(403);
  expect((await api.ask("GET", "/health", { key: null })).status).toBe(401);
});
