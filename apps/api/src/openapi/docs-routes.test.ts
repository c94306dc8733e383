import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import { openApiDocument } from "./openapi-document.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test("the document is served without a key", async () => {
  const { status, body } = await api.ask("GET", "/openapi.json", { key: null });
  expect([status, body]).toEqual([200, openApiDocument()]);
});

test.each(["/docs", "/docs/"])(
  "%s is a page whose parts all come from this server",
  async (url) => {
    const page = await api.server.inject({ method: "GET", url });
    expect(page.statusCode).toBe(200);
    expect(page.headers["content-type"]).toMatch(/^text\/html/);
    const parts = [...page.payload.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part!);
    expect(parts.length).toBeGreaterThan(4);
    for (const part of parts) {
      const { origin, pathname } = new URL(part, `http://localhost${url}`);
      expect(origin).toBe("http://localhost");
      expect((await api.server.inject({ method: "GET", url: pathname })).statusCode).toBe(200);
    }
  },
);

test("the page may load nothing from elsewhere", async () => {
  const { headers } = await api.server.inject({ method: "GET", url: "/docs" });
  expect(headers["content-security-policy"]).toMatch(/default-src 'self'/);
  expect(headers["content-security-policy"]).not.toMatch(/https?:|upgrade-insecure-requests/);
});

test("what the page does not have is a JSON 404", async () => {
  expect((await api.ask("GET", "/docs/static/nothing.js", { key: null })).body).toMatchObject({
    code: "NOT_FOUND",
  });
});
