import { expect, test } from "vitest";

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
