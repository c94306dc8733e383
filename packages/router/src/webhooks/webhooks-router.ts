import { failedResend } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";

import {
  administerProcedure,
  dispatchProcedure,
  operatorProcedure,
  readProcedure,
} from "../procedure.ts";
import {
  deliveryListInput,
  deliveryRef,
  listDeliveries,
  readDelivery,
  replayDeliveries,
  replayInput,
  resendDelivery,
  resendFailed,
} from "./delivery-acts.ts";
import { testEndpoint } from "./test-endpoint.ts";
import {
  createEndpoint,
  deleteEndpoint,
  endpointChange,
  endpointInput,
  endpointRef,
  listEndpoints,
  readEndpoint,
  revealSecret,
  rotateSecret,
  secretRef,
  secretRotation,
  updateEndpoint,
} from "./webhook-acts.ts";

/** Deliveries of webhooks, of the key's project: `list`, `get`, `resend`, `resendFailed`, `replay`. */
const deliveriesRouter = {
  list: readProcedure
    .input(deliveryListInput)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),
  get: readProcedure.input(deliveryRef).query(({ ctx, input }) => readDelivery(ctx, input.id)),
  resend: dispatchProcedure
    .input(deliveryRef)
    .mutation(({ ctx, input }) => resendDelivery(ctx, input.id)),
  resendFailed: dispatchProcedure
    .input(failedResend)
    .mutation(({ ctx, input }) => resendFailed(ctx, input)),
  replay: dispatchProcedure
    .input(replayInput)
    .mutation(({ ctx, input }) => replayDeliveries(ctx, input)),
} satisfies TRPCRouterRecord;

/** Webhook endpoints of the key's project: `list`, `get`, `create`, `update`, `delete`, `revealSecret`, `rotateSecret`, `test`, `deliveries`. */
export const webhooksRouter = {
  list: readProcedure.query(({ ctx }) => listEndpoints(ctx)),
  get: readProcedure.input(endpointRef).query(({ ctx, input }) => readEndpoint(ctx, input.id)),
  create: administerProcedure
    .input(endpointInput)
    .mutation(({ ctx, input }) => createEndpoint(ctx, input)),
  update: administerProcedure
    .input(endpointChange)
    .mutation(({ ctx, input }) => updateEndpoint(ctx, input)),
  delete: administerProcedure
    .input(endpointRef)
    .mutation(({ ctx, input }) => deleteEndpoint(ctx, input.id)),
  revealSecret: administerProcedure
    .input(secretRef)
    .mutation(({ ctx, input }) => revealSecret(ctx, input.id)),
  rotateSecret: administerProcedure
    .input(secretRotation)
    .mutation(({ ctx, input }) => rotateSecret(ctx, input)),
  test: administerProcedure
    .input(endpointRef)
    .mutation(({ ctx, input }) => testEndpoint(ctx, input.id)),
  deliveries: deliveriesRouter,
} satisfies TRPCRouterRecord;

/** Webhook endpoints of the installation, which get events of its problems, for operators: the same as those of a project. */
export const operatorWebhooksRouter = {
  list: operatorProcedure.query(({ ctx }) => listEndpoints(ctx)),
  get: operatorProcedure.input(endpointRef).query(({ ctx, input }) => readEndpoint(ctx, input.id)),
  create: operatorProcedure
    .input(endpointInput)
    .mutation(({ ctx, input }) => createEndpoint(ctx, input)),
  update: operatorProcedure
    .input(endpointChange)
    .mutation(({ ctx, input }) => updateEndpoint(ctx, input)),
  delete: operatorProcedure
    .input(endpointRef)
    .mutation(({ ctx, input }) => deleteEndpoint(ctx, input.id)),
  revealSecret: operatorProcedure
    .input(endpointRef)
    .mutation(({ ctx, input }) => revealSecret(ctx, input.id)),
  rotateSecret: operatorProcedure
    .input(secretRotation)
    .mutation(({ ctx, input }) => rotateSecret(ctx, input)),
  test: operatorProcedure
    .input(endpointRef)
    .mutation(({ ctx, input }) => testEndpoint(ctx, input.id)),
  deliveries: {
    list: operatorProcedure
      .input(deliveryListInput)
      .query(({ ctx, input }) => listDeliveries(ctx, input)),
    get: operatorProcedure
      .input(deliveryRef)
      .query(({ ctx, input }) => readDelivery(ctx, input.id)),
    resend: operatorProcedure
      .input(deliveryRef)
      .mutation(({ ctx, input }) => resendDelivery(ctx, input.id)),
    resendFailed: operatorProcedure
      .input(failedResend)
      .mutation(({ ctx, input }) => resendFailed(ctx, input)),
    replay: operatorProcedure
      .input(replayInput)
      .mutation(({ ctx, input }) => replayDeliveries(ctx, input)),
  },
} satisfies TRPCRouterRecord;
