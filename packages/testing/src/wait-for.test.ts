import { spawn } from "node:child_process";
import { once } from "node:events";

import { describe, expect, test } from "vitest";

import { waitFor } from "./wait-for.ts";

test("gives the value of the condition as soon as there is one", async () => {
  let asked = 0;
  const value = await waitFor(() => (++asked < 3 ? undefined : "there"));
  expect(value).toBe("there");
  expect(asked).toBe(3);
});

test("takes 0 and an empty text for values", async () => {
  expect(await waitFor(() => 0)).toBe(0);
  expect(await waitFor(() => "")).toBe("");
});

test("says what it waited for in vain", async () => {
  const waiting = waitFor(() => false, { timeoutMs: 20, describe: "the moon" });
  await expect(waiting).rejects.toThrow("waited 20 ms in vain for the moon");
});

test("lets an error of the condition through", async () => {
  const waiting = waitFor(() => Promise.reject(new Error("broken")));
  await expect(waiting).rejects.toThrow("broken");
});

describe("while a process runs", () => {
  const WAITING = { describe: "the moon", printed: () => "no moon here" };
  const run = (program: string) => spawn(process.execPath, ["-e", program], { stdio: "ignore" });

  test("ends with the process, and says how that ended and what it printed", async () => {
    const child = run("process.exit(3)");
    await expect(waitFor(() => false, { ...WAITING, child })).rejects.toThrow(
      "waited in vain for the moon: the process ended with 3: no moon here",
    );
    const killed = run("setInterval(() => {}, 1000)");
    killed.kill("SIGKILL");
    await expect(waitFor(() => false, { ...WAITING, child: killed })).rejects.toThrow(
      "the process ended with SIGKILL",
    );
  });

  test("takes what the process did before it ended", async () => {
    const child = run("");
    await once(child, "exit");
    expect(await waitFor(() => "there", { ...WAITING, child })).toBe("there");
  });
});
