import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import { TIMEOUTS } from "./timeouts.ts";

let api: FreshApi;
let url: URL;
beforeAll(async () => {
  api = await freshApi();
  const timeouts = { ...TIMEOUTS, headersMs: 400, requestMs: 800, checkEveryMs: 50 };
  const server = await api.serverWith({ timeouts });
  url = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
});
afterAll(() => api[Symbol.asyncDispose]());

async function open(): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect(Number(url.port), url.hostname);
  let text = "";
  socket.on("data", (part) => (text += String(part)));
  socket.on("error", () => {
    // The server may be faster than a space of ours.
  });
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return { socket, heard: () => text };
}

/** Send the head of a request, and then a space again and again, which is no whole body ever. */
async function trickle(head: string) {
  const { socket, heard } = await open();
  const closed = once(socket, "close");
  socket.write(head);
  const timer = setInterval(() => socket.write(" "), 20);
  await closed;
  clearInterval(timer);
  return heard();
}

const ROUTES = [
  "/session",
  "/trpc/callLog.count",
  "/api/call-log",
  "/api/call-log/get-list",
  "/api/nothing",
  "/hooks/simulated/x/status",
];

test.each(ROUTES)("a body that trickles to %s is cut off", async (route) => {
  const head = [
    `POST ${route} HTTP/1.1`,
    "Host: a",
    `ApiKey: ${api.key}`,
    "Content-Type: application/json",
    "Content-Length: 900000",
  ];
  const heard = await trickle(`${head.join("\r\n")}\r\n\r\n`);
  // Some are refused before their body has come; then the connection is not kept open for it.
  expect(heard).toMatch(/^$|^HTTP\/1\.1 4\d\d /);
});

test("headers that trickle are, with the documented answer", async () => {
  const heard = await trickle("GET /health/live HTTP/1.1\r\nHost: a\r\nX-Long: ");
  expect(heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(heard).toContain("The request did not arrive in time.");
  expect(heard).toContain("no-store");
});

test("a connection on which nothing comes is closed", async () => {
  const { socket } = await open();
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
});

test("a live stream outlives all of them", async () => {
  const { socket, heard } = await open();
  socket.write(
    `GET /trpc/callLog.live?input={} HTTP/1.1\r\nHost: a\r\nApiKey: ${api.key}\r\nAccept: text/event-stream\r\n\r\n`,
  );
  await waitFor(() => heard().includes("connected"));
  const late = await open();
  late.socket.write("POST /api/call-log HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n ");
  await once(late.socket, "close");
  const [kept] = await api.keep({ updatedAt: new Date() });
  await waitFor(() => heard().includes(kept!._id));
  expect(socket.destroyed).toBe(false);
});

test("by default a request is cut off within a minute", () => {
  const { headersMs, requestMs, checkEveryMs } = TIMEOUTS;
  expect(requestMs + checkEveryMs).toBeLessThan(60_000);
  expect(headersMs).toBeLessThan(requestMs);
});
