import { type AuditLine, auditCountInput, auditListInput } from "@call-log/model";
import type { AuditPage } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";

import { administerProcedure, operatorProcedure } from "../procedure.ts";

/** A line as it is answered; times are ISO text. */
export type AuditLineView = Omit<AuditLine, "createdAt"> & { createdAt: string };

/** The audit trail of the key's project: `list`, `count`; that of the installation: `listInstallation`, `countInstallation`. */
export const auditRouter = {
  list: administerProcedure
    .input(auditListInput.prefault({}))
    .query(async ({ ctx, input }) =>
      present(await ctx.store.audit.list(ctx.identity.projectId, input)),
    ),
  count: administerProcedure
    .input(auditCountInput.prefault({}))
    .query(({ ctx, input }) => ctx.store.audit.count(ctx.identity.projectId, input)),
  listInstallation: operatorProcedure
    .input(auditListInput.prefault({}))
    .query(async ({ ctx, input }) => present(await ctx.store.audit.list(null, input))),
  countInstallation: operatorProcedure
    .input(auditCountInput.prefault({}))
    .query(({ ctx, input }) => ctx.store.audit.count(null, input)),
} satisfies TRPCRouterRecord;

function present({ data, ...page }: AuditPage) {
  return { ...page, data: data.map((line) => JSON.parse(JSON.stringify(line)) as AuditLineView) };
}
