import { describe, expect, test } from "vitest";

import { type Welcome, welcomeText } from "./welcome-text.ts";

const welcome: Welcome = {
  url: "http://127.0.0.1:3000",
  projectId: "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e",
  newKey: "cl_made-once",
  isKeyGiven: false,
  mongoLabel: "embedded",
  redisLabel: "redis-server",
  dataDir: "/data",
  providers: [{ name: "simulated", isSimulated: true }],
};

describe("the welcome text", () => {
  test("promises that no phone rings where every provider is simulated, and nowhere else", () => {
    const simulated = welcomeText(welcome);
    expect(simulated).toContain("(simulated: no phone rings, nothing is charged)");
    expect(simulated).toContain("Calls     simulated (no phone rings)");
    const real = welcomeText({ ...welcome, providers: [{ name: "twilio" }] });
    expect(real).not.toMatch(/simulated|no phone rings|nothing is charged/);
    expect(real).toContain("Its phone rings, and the call is charged");
    expect(real).toContain("Calls     twilio\n");
  });

  test("of a real provider has no number that would be called when a line is copied as it stands", () => {
    const real = welcomeText({ ...welcome, providers: [{ name: "twilio" }] });
    expect(real).not.toMatch(/\+\d{7}/);
    expect(real.match(/"toNumber":"YOUR_NUMBER"/g)).toHaveLength(3);
  });

  test("says where calls go that are not placed by the first provider", () => {
    const providers = [{ name: "twilio" }, { name: "simulated-backup", isSimulated: true }];
    expect(welcomeText({ ...welcome, providers })).toContain(
      "Calls     twilio, then simulated-backup (no phone rings)",
    );
  });

  test("says where the key is, if a file has it", () => {
    const { newKey: _, ...printed } = welcome;
    expect(welcomeText({ ...printed, keyFile: "/data/first-api-key" })).toContain(
      "  API key   in /data/first-api-key   (take it from there, and delete the file)\n",
    );
  });

  test("has the key in one line, and in no command; an address with a password nowhere", () => {
    const lines = welcomeText(welcome).split("\n");
    expect(lines.filter((line) => line.includes("cl_made-once"))).toEqual([
      "  API key   cl_made-once   (keep it: it can't be shown again)",
    ]);
    expect(lines.join("\n")).not.toContain("redis://");
    expect(lines.filter((line) => line.includes("$CALL_LOG_API_KEY"))).toHaveLength(2);
  });
});
