import {
  countryOf,
  cutText,
  type FetchedCallLog,
  isAllowed,
  searchInput,
  searchTerms,
} from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";

import { readProcedure } from "../procedure.ts";

/** What a key that reads masked cannot look for. */
const LEFT_OUT = ["numbers", "names", "incident titles", "texts", "tags"];

/** Finding by what a person types: `find`. */
export const searchRouter = {
  find: readProcedure.input(searchInput).query(async ({ ctx, input }) => {
    const { projectId, permissions } = ctx.identity;
    const project = await ctx.store.projects.find(projectId);
    const countries = new Set((project?.fromNumbers ?? []).flatMap((one) => countryOf(one) ?? []));
    const terms = searchTerms(input.text, [...countries]);
    const isMasked = !isAllowed(permissions, "see-numbers");
    const found = await ctx.reader.search({ projectId, terms, isMasked });
    return {
      people: found.people.map(resultOf),
      incidents: found.incidents.map(resultOf),
      calls: found.calls.map(resultOf),
      texts: found.texts.map(resultOf),
      /** Number of the latest calls in which parts within words and numbers were looked for; null for all. */
      among: found.among,
      /** True if looking for texts took too long: perhaps not all were found. */
      isCut: found.isCut,
      /** What the key may not look for. */
      leftOut: isMasked ? LEFT_OUT : [],
    };
  }),
} satisfies TRPCRouterRecord;

/** Most characters of a text in a result. */
const MOST_OF_TEXT = 300;

function resultOf(call: FetchedCallLog) {
  const { _id, createdAt, toNumber, status, userId, user, incidentId, incident } = call;
  return {
    _id,
    createdAt: createdAt?.toISOString() ?? null,
    toNumber: toNumber ?? null,
    status: status ?? null,
    statusMessage: cut(call.statusMessage),
    text: cut((call.callData as { message?: unknown } | undefined)?.message),
    tags: call.tags ?? [],
    user: named(userId ?? user?._id, user?.name ?? user?.email),
    incident: named(incidentId ?? incident?._id, incident?.title ?? incident?.name),
  };
}

function cut(text: unknown): string | null {
  return typeof text === "string" ? cutText(text, MOST_OF_TEXT) : null;
}

function named(id: unknown, name: unknown): { _id: string | null; name: string | null } {
  return {
    _id: typeof id === "string" ? id : null,
    name: typeof name === "string" ? name : null,
  };
}
