import {
  type newAlertSource,
  type alertSourceChange,
  objectId,
  phoneNumber,
} from "@call-log/model";
import { z } from "zod";

import { accessOptions } from "../../access/access.ts";
import { usageError } from "../../cli-error.ts";
import { parseJsonOption } from "../options/json-option.ts";

type NewSource = z.input<typeof newAlertSource>;
type SourceChange = z.input<typeof alertSourceChange>;

/** Options of a command about one source. */
export const oneSource = { ...accessOptions, id: objectId };

/** Options that make a rule and a mapping. */
export const ruleOptions = {
  to: phoneNumber.optional(),
  rule: z.string().optional(),
  mapping: z.string().optional(),
  back: z.string().optional(),
};

interface Given {
  to?: string | undefined;
  rule?: string | undefined;
  mapping?: string | undefined;
  back?: string | undefined;
}

/** The rule that was given as JSON, as a number, or as both; undefined for none. */
export function ruleOf({ to, rule }: Given): NewSource["rule"] | undefined {
  const parsed = rule === undefined ? undefined : jsonObject("--rule", rule);
  if (parsed === undefined && to === undefined) return undefined;
  return { ...parsed, ...(to !== undefined && { to }) } as NewSource["rule"];
}

/** The mapping that was given as JSON; undefined for none. */
export function mappingOf({ mapping }: Given): SourceChange["mapping"] {
  if (mapping === undefined) return undefined;
  return jsonObject("--mapping", mapping) as SourceChange["mapping"];
}

/** How the source is informed, as it was given as JSON; null to end that, undefined for none. */
export function backOf({ back }: Given): SourceChange["back"] {
  if (back === undefined) return undefined;
  if (back.trim() === "null") return null;
  return jsonObject("--back", back) as SourceChange["back"];
}

function jsonObject(option: string, value: string): object {
  const parsed = parseJsonOption(option, value);
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw usageError(`${option}: must be a JSON object`);
}
