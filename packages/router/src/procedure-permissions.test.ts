import { type Operation, type Permission, PERMISSION_NAMES, permissionsFor } from "@call-log/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { appRouter } from "./app-router.ts";
import { freshRouter, type FreshRouter } from "./testing/fresh-router.ts";

/** What a key must be allowed, for every procedure. A new procedure fails the first test until it is here. */
const NEEDS: Readonly<Record<string, Operation | "any key">> = {
  "alertSources.create": "administer",
  "alertSources.delete": "administer",
  "alertSources.dryRun": "administer",
  "alertSources.get": "administer",
  "alertSources.list": "administer",
  "alertSources.ofCall": "see-numbers",
  "alertSources.recent": "administer",
  "alertSources.rotateToken": "administer",
  "alertSources.testBack": "administer",
  "alertSources.update": "administer",
  "attempts.payloads": "see-numbers",
  "audit.count": "administer",
  "audit.countInstallation": "operate",
  "audit.list": "administer",
  "audit.listInstallation": "operate",
  "bulk.plan": "dispatch",
  "bulk.run": "dispatch",
  "bulk.undo": "dispatch",
  "callLog.count": "read",
  "callLog.figures": "read",
  "callLog.follow": "read",
  "callLog.getItem": "read",
  "callLog.getList": "read",
  "callLog.histogram": "read",
  "callLog.live": "read",
  "callLog.stats": "read",
  "callLog.wait": "read",
  "calls.cancel": "dispatch",
  "calls.cancelMany": "dispatch",
  "calls.dispatch": "dispatch",
  "calls.dispatchMany": "dispatch",
  "calls.calledAgain": "read",
  "calls.calledAgainMany": "read",
  "calls.preview": "dispatch",
  "calls.previewRetry": "dispatch",
  "calls.previewRetryMany": "dispatch",
  "calls.rehearse": "dispatch",
  "calls.resolve": "dispatch",
  "calls.callNow": "dispatch",
  "calls.retry": "dispatch",
  "calls.retryMany": "dispatch",
  "calls.speech": "see-numbers",
  "incidents.get": "read",
  "people.get": "read",
  "deadLetters.drop": "dispatch",
  "deadLetters.get": "read",
  "deadLetters.list": "read",
  "deadLetters.replay": "dispatch",
  "keys.create": "administer",
  "keys.list": "administer",
  "keys.revoke": "administer",
  "keys.rotate": "administer",
  "numbers.lend": "operate",
  "numbers.list": "operate",
  "numbers.takeBack": "operate",
  "operator.deadLetters.drop": "operate",
  "operator.deadLetters.get": "operate",
  "operator.deadLetters.list": "operate",
  "operator.deadLetters.replay": "operate",
  "operator.health": "operate",
  "operator.keys.create": "operate",
  "operator.keys.list": "operate",
  "operator.keys.revoke": "operate",
  "operator.keys.rotate": "operate",
  "operator.projects.create": "operate",
  "operator.projects.get": "operate",
  "operator.projects.list": "operate",
  "operator.projects.pause": "operate",
  "operator.projects.resume": "operate",
  "operator.projects.update": "operate",
  "operator.status": "operate",
  "operator.stop.calls": "operate",
  "operator.stop.openCalls": "operate",
  "operator.stop.resume": "operate",
  "operator.webhooks.create": "operate",
  "operator.webhooks.delete": "operate",
  "operator.webhooks.deliveries.get": "operate",
  "operator.webhooks.deliveries.list": "operate",
  "operator.webhooks.deliveries.replay": "operate",
  "operator.webhooks.deliveries.resend": "operate",
  "operator.webhooks.deliveries.resendFailed": "operate",
  "operator.webhooks.get": "operate",
  "operator.webhooks.list": "operate",
  "operator.webhooks.revealSecret": "operate",
  "operator.webhooks.rotateSecret": "operate",
  "operator.webhooks.test": "operate",
  "operator.webhooks.update": "operate",
  "operator.workers.drain": "operate",
  "operator.workers.resume": "operate",
  "projects.budget": "read",
  "projects.doNotCall.add": "administer",
  "projects.doNotCall.list": "administer",
  "projects.doNotCall.remove": "administer",
  "projects.get": "read",
  "projects.pause": "administer",
  "projects.previewSettings": "administer",
  "projects.resume": "administer",
  "projects.update": "administer",
  "search.find": "read",
  "sessions.chooseProject": "any key",
  "sessions.end": "any key",
  "sessions.endAll": "any key",
  "sessions.list": "any key",
  "stop.calls": "administer",
  "stop.openCalls": "administer",
  "system.health": "read",
  "system.pauseProvider": "operate",
  "system.resumeProvider": "operate",
  "system.status": "read",
  "views.create": "dispatch",
  "views.delete": "dispatch",
  "views.list": "see-numbers",
  "webhooks.create": "administer",
  "webhooks.delete": "administer",
  "webhooks.deliveries.get": "read",
  "webhooks.deliveries.list": "read",
  "webhooks.deliveries.replay": "dispatch",
  "webhooks.deliveries.resend": "dispatch",
  "webhooks.deliveries.resendFailed": "dispatch",
  "webhooks.get": "read",
  "webhooks.list": "read",
  "webhooks.revealSecret": "administer",
  "webhooks.rotateSecret": "administer",
  "webhooks.test": "administer",
  "webhooks.update": "administer",
};

/** Refused as bad by every procedure that takes an input, so that a permitted call changes nothing. */
const BAD_INPUT = { noProcedureHasThis: true };

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

test("every procedure is in the table", () => {
  expect(Object.keys(appRouter._def.procedures).toSorted()).toEqual(Object.keys(NEEDS).toSorted());
});

describe.each<Permission>(PERMISSION_NAMES)("a key with %s", (permission) => {
  test("may what the table says, and is refused everything else in words", async () => {
    const refusals = await refusalsOf(permission);
    const allowed = Object.entries(NEEDS).map(([path, operation]) => {
      const needed = operation === "any key" ? PERMISSION_NAMES : permissionsFor(operation);
      const refusal = expect.stringContaining(`one of the permissions: ${needed.join(", ")}.`);
      return [path, needed.includes(permission) ? undefined : refusal];
    });
    expect(refusals).toEqual(Object.fromEntries(allowed));
  });

  test("gets the kind of key that is needed", async () => {
    const words = permission === "Operator" ? "for keys of a project" : "for operators' keys";
    const isOthers = (path: string) =>
      NEEDS[path] !== "any key" && (NEEDS[path] === "operate") !== (permission === "Operator");
    const refusals = Object.entries(await refusalsOf(permission));
    const withoutWords = refusals.filter(
      ([path, refusal]) => isOthers(path) && !refusal?.includes(words),
    );
    expect(withoutWords).toEqual([]);
  });
});

/** Why a new key with this permission is refused, by procedure; undefined where it is let in. */
async function refusalsOf(permission: Permission): Promise<Record<string, string | undefined>> {
  const caller = await fresh.caller({ permissions: [permission] });
  const answers = Object.keys(NEEDS).map(
    async (path) => [path, await refusalOf(procedureOf(caller, path))] as const,
  );
  return Object.fromEntries(await Promise.all(answers));
}

type Procedure = (input: unknown) => Promise<unknown>;

function procedureOf(caller: object, path: string): Procedure {
  let found: unknown = caller;
  for (const name of path.split(".")) found = (found as Record<string, unknown>)[name];
  return found as Procedure;
}

async function refusalOf(procedure: Procedure): Promise<string | undefined> {
  try {
    await procedure(BAD_INPUT);
    return undefined;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    // Refused for its input means that the key was let in.
    return code === "BAD_REQUEST" ? undefined : message;
  }
}
