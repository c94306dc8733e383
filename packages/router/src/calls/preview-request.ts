import {
  type Budget,
  budgetState,
  type CallPreview,
  type CallRequest,
  microOf,
  type Spending,
} from "@call-log/model";
import type { CallReader, ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";
import { presentPastCost } from "./preview-retries.ts";

/** What would become of a request, with what such calls cost and what is left of the budget. */
export async function previewRequest(
  ctx: Pick<RouterContext, "dispatcher" | "store" | "now"> & {
    identity: ProjectIdentity;
    reader: Pick<CallReader, "pastCost">;
  },
  request: CallRequest,
): Promise<CallPreview> {
  const { projectId } = ctx.identity;
  const [preview, past, project] = await Promise.all([
    ctx.dispatcher.preview({ projectId, request }),
    ctx.reader.pastCost({ projectId, toNumber: request.toNumber, now: ctx.now() }),
    ctx.store.projects.find(projectId),
  ]);
  const budget = project?.budget && {
    given: project.budget,
    spent: await ctx.store.budgets.spending(projectId),
  };
  return {
    ...preview,
    budget: budget ? presentBudget(budget) : null,
    pastCost: presentPastCost(past),
  };
}

function presentBudget({ given, spent }: { given: Budget; spent: Spending }) {
  const state = budgetState(given, spent);
  const reserve = microOf(given.reserveUSD);
  const caps = [state.day, state.month, state.prepaid];
  const fits = caps.every((cap) => cap === null || Number(cap.leftUSD) * 1_000_000 >= reserve);
  return { ...state, fits };
}
