import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";

import { dashboardRoutes } from "./dashboard-routes.ts";

async function serverOf(files: Record<string, string>) {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-dashboard-"));
  const build = path.join(folder, "dist");
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(build, name)), { recursive: true });
    await writeFile(path.join(build, name), content);
  }
  const server = Fastify();
  await server.register(dashboardRoutes(build));
  onTestFinished(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  return server;
}

test.each(["/", "/costs?x=1", "/sign-in"])(
  "%s is the page, which loads nothing from elsewhere",
  async (url) => {
    const server = await serverOf({ "index.html": "<p>page</p>" });
    const { statusCode, body, headers } = await server.inject(url);
    expect([statusCode, body]).toEqual([200, "<p>page</p>"]);
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(headers["cache-control"]).toBe("no-cache");
  },
);

test("a file that is named by its content is kept for ever", async () => {
  const server = await serverOf({ "index.html": "", "assets/a-1.js": "1" });
  const { headers } = await server.inject("/assets/a-1.js");
  expect(headers["cache-control"]).toContain("immutable");
});

test("what is not there is not the page", async () => {
  const server = await serverOf({ "index.html": "" });
  expect((await server.inject("/assets/b.js")).statusCode).toBe(404);
  expect((await server.inject("/nothing")).statusCode).toBe(404);
});

test("without a build, the address says so", async () => {
  const server = await serverOf({});
  const { statusCode, body } = await server.inject("/");
  expect([statusCode, body]).toEqual([404, expect.stringContaining("npm run build")]);
});
