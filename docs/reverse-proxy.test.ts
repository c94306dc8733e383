import { describe, expect, test } from "vitest";

import { TIMEOUTS } from "../apps/api/src/http/timeouts.ts";
import { textOf } from "./markdown.ts";

const guide = textOf("docs/guides/reverse-proxy.md");
const nginx = textOf("deploy/nginx/call-log.conf");

test.each(["deploy/nginx/call-log.conf", "deploy/caddy/Caddyfile"])(
  "the guide shows %s as it is",
  (file) => {
    expect(guide).toContain(`\n\`\`\`${file.split("/")[1]}\n${textOf(file)}\`\`\``);
  },
);

describe("deploy/nginx/call-log.conf", () => {
  const seconds = (name: string) => Number(new RegExp(`${name} (\\d+)s;`).exec(nginx)?.[1]);

  test("waits for requests as long as call-log does", () => {
    expect(seconds("client_header_timeout") * 1000).toBe(TIMEOUTS.headersMs);
    expect(seconds("client_body_timeout") * 1000).toBe(TIMEOUTS.requestMs);
  });

  test("never repeats a request that may have placed a call", () => {
    expect(nginx).not.toContain("non_idempotent");
  });
});
