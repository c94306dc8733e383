import { expect, test } from "vitest";

import { cookieOptions } from "./session-cookie.ts";

const HTTPS_PAGE = "https://calls.example.com";

const request = (protocol: "http" | "https", headers = {}) => ({ protocol, headers });

test.each([
  ["a connection with TLS, or one that a known proxy had", cookieOptions(request("https")), true],
  ["a page on https", cookieOptions(request("http", { origin: HTTPS_PAGE })), true],
  ["a return to a dashboard on https", cookieOptions(request("http"), HTTPS_PAGE), true],
  ["a page on http", cookieOptions(request("http", { origin: "http://127.0.0.1" })), false],
  [
    "an unknown proxy's header",
    cookieOptions(request("http", { "x-forwarded-proto": "https" })),
    false,
  ],
])("the session's cookie after %s", (_, options, secure) => {
  expect(options).toMatchObject({ secure, httpOnly: true });
});
