import { connectStore } from "@call-log/store";
import { freshDatabase, startFakeTelnyx, startFakeTwilio } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

test("doctor says that the database answers, and how far its migrations are", async () => {
  await using cli = cliOn(await freshDatabase());
  // The first look at a database that nobody has used says so, and the store is opened by it.
  const fresh = await cli.json<{ name: string; level: string }[]>(["doctor"]);
  expect(fresh).toContainEqual(expect.objectContaining({ name: "indexes", level: "warn" }));
  const checks = await cli.json<{ name: string; isGood: boolean }[]>(["doctor"]);
  expect(checks).toEqual(
    expect.arrayContaining(
      [
        { name: "database", isGood: true, level: "ok" },
        { name: "indexes", level: "ok" },
        { name: "migration 1", isGood: true },
        { name: "providers", isGood: true, detail: "no process runs" },
        { name: "disk", level: "ok" },
      ].map((check) => expect.objectContaining(check)),
    ),
  );
  const { stdout, exitCode } = await cli.run(["doctor"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/migration 1 +ok +Digits .* deleted: done 20/);
});

test("doctor names processes that call through other providers, and a provider that rings no phone", async () => {
  await using cli = cliOn(await freshDatabase());
  const store = await connectStore({ uri: cli.mongodbUri });
  const announce = (role: string, providers: string[]) =>
    store.processes.announce({
      id: role,
      role,
      host: "node-1",
      pid: 7,
      startedAt: new Date(),
      providers,
      simulated: providers.filter((name) => name.startsWith("simulated")),
    });
  await announce("worker", ["simulated"]);
  const one = await cli.run(["doctor"]);
  expect(one.exitCode).toBe(0);
  expect(one.stdout).toContain(
    "simulated (worker node-1:7); the simulated provider: no phone rings",
  );
  await announce("api", ["twilio", "telnyx"]);
  const { stdout, exitCode } = await cli.run(["doctor"]);
  await store.close();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /providers +FAILED +PROVIDER differs: simulated \(worker node-1:7\); twilio,telnyx \(api node-1:7\)/,
  );
});

test("doctor asks Twilio and Telnyx for the numbers that calls are made from", async () => {
  const [twilio, telnyx] = await Promise.all([startFakeTwilio(), startFakeTelnyx()]);
  onTestFinished(async () => void (await Promise.all([twilio.close(), telnyx.close()])));
  await using cli = cliOn(await freshDatabase());
  const environment = {
    REDIS_URL: "redis://127.0.0.1:1",
    PROVIDER: "twilio,telnyx",
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_FROM_NUMBER: "+15550107001",
    TELNYX_API_KEY: telnyx.apiKey,
    TELNYX_PUBLIC_KEY: telnyx.publicKey,
    TELNYX_CONNECTION_ID: telnyx.connectionId,
    TELNYX_API_BASE_URL: telnyx.url,
    TELNYX_FROM_NUMBER: "+15550107002",
  };
  const shop = ["project", "create", "--name", "Shop", "--from-number", "+15550107044"];
  expect((await cli.run(shop)).exitCode).toBe(0);
  const { stdout, exitCode } = await cli.run(["doctor"], { environment });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/number \+1555•••••01 +ok +owned at twilio/);
  expect(stdout).toMatch(/number \+1555•••••02 +FAILED +is not in service at telnyx → Finish/);
  expect(stdout).toMatch(
    /number \+1555•••••44 +FAILED +is neither owned nor verified at twilio, .* at telnyx → Buy/,
  );
  expect(stdout).not.toContain("+1555010");
});
