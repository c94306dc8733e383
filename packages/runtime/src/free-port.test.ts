import { once } from "node:events";
import { createServer } from "node:net";

import { expect, test } from "vitest";

import { freePort } from "./free-port.ts";

test("free ports can be listened on, differ, and are none that an outgoing connection may have", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
  expect(new Set(ports).size).toBe(50);
  for (const port of ports) {
    expect(port).toBeLessThan(32_768);
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
  }
});
