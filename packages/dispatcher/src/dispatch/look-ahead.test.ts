import { freshDatabase, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { aRequest, PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { dispatchAttempt } from "./dispatch-attempt.ts";

const newContext = useStoreContext(freshDatabase);

async function accepted(context: TestContext) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  return { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 };
}

const LOOKED_UP = [
  "projects.find",
  "callerIds.of",
  "numberRefusals.of",
  "providerStates.pauseOf",
  "doNotCall.hasList",
  "outbox.wanted",
];

/** The context, noting what is asked of its stores. */
function noting(context: TestContext, asked: Set<string>): TestContext {
  const names = LOOKED_UP.map((one) => one.split(".")[0] as keyof TestContext);
  const noted = names.map((name) => {
    const get = (of: object, member: string): unknown => {
      asked.add(`${name}.${member}`);
      return Reflect.get(of, member);
    };
    return [name, new Proxy(context[name] as object, { get })];
  });
  return { ...context, ...Object.fromEntries(noted) };
}

test("what a call needs beside its record is looked up while that is read", async () => {
  const context = newContext();
  const job = await accepted(context);
  let read = () => {};
  const isHeld = new Promise<void>((resolve) => (read = resolve));
  const find: TestContext["calls"]["find"] = async (...which) => {
    await isHeld;
    return context.calls.find(...which);
  };
  const asked = new Set<string>();
  const slow = { ...noting(context, asked), calls: { ...context.calls, find } };
  const dispatched = dispatchAttempt(slow, job);
  await waitFor(async () => LOOKED_UP.every((one) => asked.has(one)));
  expect(context.primary.orders).toEqual([]);
  read();
  await dispatched;
  expect(context.primary.orders).toHaveLength(1);
});

test("a look-up that failed is asked again where it is needed", async () => {
  const context = newContext();
  const job = await accepted(context);
  let tries = 0;
  const of: TestContext["numberRefusals"]["of"] = async (projectId) => {
    tries += 1;
    if (tries === 1) throw new Error("away");
    return context.numberRefusals.of(projectId);
  };
  await dispatchAttempt({ ...context, numberRefusals: { ...context.numberRefusals, of } }, job);
  expect(tries).toBeGreaterThan(1);
  expect(context.primary.orders).toHaveLength(1);
});
