import { describe, expect, test } from "vitest";

import { groupGrants, membershipsOf } from "./group-grant.ts";

const PROJECT = "376d7300-28fe-11f1-b591-3fdcef396aba";
const OTHER = "376d7300-28fe-11f1-b591-3fdcef396abb";

function problemOf(text: string): string {
  const parsed = groupGrants.safeParse(text);
  return (parsed.error?.issues ?? [])
    .map(({ path, message }) => `${path.join(".")}: ${message}`)
    .join("\n");
}

const grant = (change: object) =>
  JSON.stringify([{ group: "oncall", project: PROJECT, permissions: ["Viewer"], ...change }]);

describe("what groups may do, as a setting", () => {
  test("is JSON: a project with permissions in it, or Operator without one", () => {
    const grants = [
      { group: "oncall", project: PROJECT, permissions: ["Project Member"] },
      { group: "sre", permissions: ["Operator"] },
    ];
    expect(groupGrants.parse(JSON.stringify(grants))).toEqual(grants);
  });

  test.each([
    ["text", "oncall", /^: must be JSON such as \[\{/],
    ["one group alone", '{"group":"oncall"}', /^: must be JSON such as \[\{/],
    ["no group", "[]", /^: must hold at least one group$/],
    ["an empty name", grant({ group: "" }), /^0\.group: must not be empty$/],
    ["a project's name", grant({ project: "Shop" }), /^0\.project: must be/],
    [
      "a permission that is none",
      grant({ permissions: ["Root"] }),
      /^0\.permissions\.0: must be one/,
    ],
    ["no permission", grant({ permissions: [] }), /^0\.permissions: must hold at least one/],
    ["another key", grant({ role: "x" }), /^0: there is no "role"; allowed: group, project/],
    [
      "Operator in a project",
      grant({ permissions: ["Operator"] }),
      /^0\.project: Operator is about the installation/,
    ],
    [
      "a project's permission without one",
      grant({ project: undefined }),
      /^0\.project: Viewer is about a project/,
    ],
  ])("is refused by its field: %s", (_, text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });
});

describe("the memberships of a person", () => {
  const grants = groupGrants.parse(
    JSON.stringify([
      { group: "oncall", project: PROJECT, permissions: ["Project Member"] },
      { group: "leads", project: PROJECT, permissions: ["Project Admin", "Project Member"] },
      { group: "leads", project: OTHER, permissions: ["Viewer"] },
      { group: "sre", permissions: ["Operator"] },
    ]),
  );

  test("are what all groups give together", () => {
    expect(membershipsOf(["leads", "oncall", "sre"], grants)).toEqual([
      { projectId: PROJECT, permissions: ["Project Member", "Project Admin"] },
      { projectId: OTHER, permissions: ["Viewer"] },
      { projectId: null, permissions: ["Operator"] },
    ]);
  });

  test("are none without a group of the settings, letter by letter", () => {
    expect(membershipsOf(["Oncall", "oncall ", "", "__proto__"], grants)).toEqual([]);
  });
});
