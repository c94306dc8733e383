import { ACT_NAMES, type ActName } from "@call-log/model";

/** Filter of the audit trail. */
export interface AuditFilter {
  act: ActName | null;
  /** Part of a name, or an id. */
  who: string;
}

/** The filter in an address; an act that does not exist is none. */
export function auditFilterIn(params: URLSearchParams): AuditFilter {
  const act = ACT_NAMES.find((name) => name === params.get("act")) ?? null;
  return { act, who: params.get("who") ?? "" };
}

/** The address parameters of a filter; what filters nothing is left out. */
export function paramsOfFilter({ act, who }: AuditFilter): URLSearchParams {
  return new URLSearchParams({ ...(act !== null && { act }), ...(who.trim() !== "" && { who }) });
}

/** The query of a filter, as input of the API. */
export function auditQuery({ act, who }: AuditFilter): Record<string, unknown> {
  const text = who.trim();
  const named = { "actor.name": { _type: "Search", value: text } };
  return {
    ...(act !== null && { act }),
    ...(text !== "" && { $or: [{ "actor.id": text }, named] }),
  };
}
