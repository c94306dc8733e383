import { z } from "zod";

import { timestamp } from "../value/timestamp.ts";
import { ACT_NAMES, type ActEntry, type ActName, ACTS, type FactName } from "./act.ts";
import { type Acting, actor } from "./actor.ts";

/** Result of an act: done, refused, or begun by a process that died before it recorded the result. */
export const ACT_RESULTS = ["done", "refused", "interrupted"] as const;

const fact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** A fact beside the changes. */
export type Fact = z.output<typeof fact>;

const change = z.object({
  field: z.string(),
  from: z.unknown().optional().meta({ description: "Absent when there was no value" }),
  to: z.unknown().optional().meta({ description: "Absent when there is none any more" }),
});

/** Old and new value of one field. */
export interface FieldChange {
  field: string;
  from?: unknown;
  to?: unknown;
}

/** One line of the audit trail: who did what to what, when, and from where. */
export const auditLine = z
  .object({
    _id: z.string(),
    createdAt: timestamp.meta({ description: "When it was done" }),
    act: z.enum(ACT_NAMES),
    result: z.enum(ACT_RESULTS),
    projectId: z.string().optional().meta({ description: "Absent: it is the installation's" }),
    actor,
    address: z.string().optional().meta({ description: "IP address of the caller" }),
    requestId: z.string().optional(),
    target: z.object({ kind: z.string(), id: z.string() }).optional(),
    changes: z.array(change),
    facts: z.record(z.string(), fact).optional(),
  })
  .meta({ id: "AuditLine", title: "Line of the audit trail" });

/** One line of the audit trail. */
export type AuditLine = z.output<typeof auditLine>;

/** A line as the database keeps it: with its readers and its time of deletion. */
export interface AuditRecord extends AuditLine {
  /** The project, `installation`, or both; this alone decides who may read the line. */
  scopes: string[];
  /** Address of an operator who acted on a project; the project's readers do not see it. */
  operatorAddress?: string;
  /** When it is deleted. */
  expireAt: Date;
}

/** The details of an act; those that its entry of the table does not name are left out. */
export interface ActReport<A extends ActName = ActName> {
  act: A;
  acting: Acting;
  projectId?: string | undefined;
  /** Id of the object of the act; its kind is in the table. */
  target?: string | undefined;
  changes?: readonly FieldChange[];
  facts?: Partial<Record<FactName<A>, Fact | undefined>>;
  /** @defaultValue "done" */
  result?: AuditLine["result"];
}

/** Most characters, as JSON, of a value in a line. */
export const MAX_VALUE_LENGTH = 50_000;

const CUT = "(too long to be kept)";

/** The line of an act. */
export function newAuditLine(report: ActReport, { id, at }: { id: string; at: Date }): AuditLine {
  const { act, acting, projectId, target, result = "done" } = report;
  const entry: ActEntry = ACTS[act];
  const facts = allowedFacts(entry, report.facts ?? {});
  return {
    _id: id,
    createdAt: at,
    act,
    result,
    actor: acting.actor,
    ...(projectId !== undefined && { projectId }),
    ...(acting.address !== undefined && { address: acting.address }),
    ...(acting.requestId !== undefined && { requestId: acting.requestId }),
    ...(target !== undefined &&
      entry.target !== undefined && { target: { kind: entry.target, id: target } }),
    changes: (report.changes ?? [])
      .filter(({ field }) => entry.fields.includes(field))
      .map(boundedChange),
    ...(Object.keys(facts).length > 0 && { facts }),
  };
}

/** Which of the fields differ between two states of something, with both values. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): FieldChange[] {
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({
      field,
      ...(before[field] !== undefined && { from: before[field] }),
      ...(after[field] !== undefined && { to: after[field] }),
    }));
}

function allowedFacts(
  { facts: names }: ActEntry,
  given: Readonly<Record<string, Fact | undefined>>,
): Record<string, Fact> {
  const kept = names.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept);
}

function boundedChange({ field, ...given }: FieldChange): AuditLine["changes"][number] {
  const { from, to } = given;
  return {
    field,
    ...(from !== undefined && { from: bounded(from) }),
    ...(to !== undefined && { to: bounded(to) }),
  };
}

function bounded(value: unknown): unknown {
  return (JSON.stringify(value) ?? "").length > MAX_VALUE_LENGTH ? CUT : value;
}
