import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
let server: FreshApi["server"];
beforeAll(async () => {
  api = await freshApi();
  server = await api.serverWith({ ownUrls: [undefined, "https://calls.example.com"] });
});
afterAll(() => api[Symbol.asyncDispose]());

/** Sign in as a browser behind a proxy that puts its own `Host` into what it forwards. */
const signIn = (origin: string) =>
  api.ask("POST", "/session", {
    server,
    key: null,
    headers: { origin, host: "127.0.0.1:4200" },
    body: { apiKey: api.key },
  });

test("people sign in at the address that the settings name, whatever Host the proxy sends", async () => {
  expect((await signIn("https://calls.example.com")).status).toBe(200);
  expect((await signIn("http://127.0.0.1:4200")).status).toBe(200);
});

test.each(["https://evil.example", "https://calls.example.com.evil.example", "null"])(
  "a page of %s signs nobody in",
  async (origin) => {
    const { status, body } = await signIn(origin);
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { error: expect.stringContaining("set DASHBOARD_URL") },
    });
  },
);
