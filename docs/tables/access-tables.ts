import { WAIT_EXITS } from "../../apps/cli/src/calls/wait-result.ts";
import { TOOLS } from "../../packages/mcp/src/index.ts";
import {
  ACTS,
  type ActEntry,
  ERROR_CODES,
  type Operation,
  PERMISSIONS,
  projectSettings,
} from "../../packages/model/src/index.ts";
import { code, type GeneratedTable, yesOrNo } from "./generated-table.ts";

/** Operations in the order of the permissions' columns. */
export const OPERATIONS: readonly Operation[] = [...new Set(Object.values(PERMISSIONS).flat())];

/** Error codes, permissions, acts of the audit trail, tools of assistants, exit codes. */
export const ACCESS_TABLES: readonly GeneratedTable[] = [
  {
    page: "docs/reference/errors.md",
    rows: () =>
      Object.entries(ERROR_CODES).map(([name, { httpStatus, description }]) => [
        code(name),
        String(httpStatus),
        description,
      ]),
  },
  {
    page: "docs/reference/permissions.md",
    rows: () =>
      Object.entries<readonly Operation[]>(PERMISSIONS).map(([name, allowed]) => [
        name,
        ...OPERATIONS.map((operation) => yesOrNo(allowed.includes(operation))),
      ]),
  },
  { page: "docs/reference/audit.md", heading: "Acts", rows: actRows },
  {
    page: "docs/guides/assistants.md",
    heading: "Tools",
    rows: () =>
      TOOLS.map(({ name, description, needs, inputSchema }) => [
        code(name),
        description,
        Object.keys(inputSchema["properties"] as object)
          .map(code)
          .join(", "),
        needs,
      ]),
  },
  {
    page: "docs/reference/command-line.md",
    heading: "Wait for the end of a call",
    rows: () => Object.entries({ ...WAIT_EXITS, 2: "The command line is wrong; nothing was done" }),
  },
];

function actRows(): string[][] {
  const settings = Object.keys(projectSettings.shape).join();
  return Object.entries<ActEntry>(ACTS).map(([name, { description, target, fields, facts }]) => {
    const shown = fields.join() === settings ? ["every setting"] : fields.map(code);
    const content = [...shown, ...facts.map(code)].join(", ") || "–";
    return [code(name), description, target ?? "–", content];
  });
}
