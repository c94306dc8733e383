import { readFileSync } from "node:fs";

import { permissionsFor } from "@call-log/model";
import { expect, test } from "vitest";

import { REST_ROUTES } from "./rest-route-table.ts";

const page = readFileSync(
  new URL("../../../../docs/reference/api.md", import.meta.url),
  "utf8",
).replaceAll(/ +\|/g, " |");

test("docs/reference/api.md has the routes of the table, with their permissions", () => {
  const rows = [...page.matchAll(/^\| `([A-Z, ]+ \/\S+)` .* \| ([^|]+) \|$/gm)];
  expect(rows.map(([, route, permissions]) => [route, permissions])).toEqual(
    REST_ROUTES.map(({ methods, path, operation }) => [
      `${methods.join(", ")} ${path}`,
      permissionsFor(operation).join(", "),
    ]),
  );
});
