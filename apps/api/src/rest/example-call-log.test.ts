import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { REST_ROUTES } from "./rest-route-table.ts";
import { permissionsOf } from "./rest-route.ts";

const page = readFileSync(
  new URL("../../../../docs/reference/api.md", import.meta.url),
  "utf8",
).replaceAll(/ +\|/g, " |");

test("docs/reference/api.md has the routes of the table, with their permissions", () => {
  const rows = [...page.matchAll(/^\| `([A-Z, ]+ \/\S+)` .* \| ([^|]+) \|$/gm)];
  expect(rows.map(([, route, permissions]) => [route, permissions])).toEqual(
    REST_ROUTES.map((route) => [
      `${route.methods.join(", ")} ${route.path}`,
      permissionsOf(route).join(", "),
    ]),
  );
});
