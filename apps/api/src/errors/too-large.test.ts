import { connect, type AddressInfo } from "node:net";

import { waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { freshApi } from "../testing/fresh-api.ts";

test("a body that is too large is answered while it arrives, and the connection stays", async () => {
  await using api = await freshApi();
  const server = await api.serverWith({});
  await server.listen({ host: "127.0.0.1", port: 0 });
  const socket = connect((server.server.address() as AddressInfo).port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let read = "";
  socket.on("data", (chunk: Buffer) => (read += chunk.toString()));
  const bytes = 3_000_000;
  const headers = `Host: x\r\nApiKey: ${api.key}\r\n`;
  socket.write(
    `POST /api/call-log/count HTTP/1.1\r\n${headers}Content-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`,
  );
  await waitFor(() => read.includes("PAYLOAD_TOO_LARGE"), { describe: "the refusal" });
  // As a proxy that has not looked at the answer yet.
  socket.write("x".repeat(bytes));
  socket.write(`GET /health/live HTTP/1.1\r\n${headers}\r\n`);
  await waitFor(() => read.includes('{"status":"live"}'), { describe: "the next answer" });
  expect(read).toMatch(/^HTTP\/1.1 413 [\s\S]*HTTP\/1.1 200 /);
});
