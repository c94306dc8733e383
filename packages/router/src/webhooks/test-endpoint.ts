import { type Asked, noSuchEndpoint, scopeOf } from "./webhook-acts.ts";

/** What came of a test event; `at` is ISO text. */
export interface WebhookTestView {
  eventId: string;
  delivered: boolean;
  at: string;
  milliseconds: number;
  status?: number;
  answer?: string;
  error?: string;
}

/** Send a test event to an endpoint now. Throws NOT_FOUND. */
export async function testEndpoint(ctx: Asked, endpointId: string): Promise<WebhookTestView> {
  const projectId = scopeOf(ctx);
  // Whose it is is decided here; the dispatcher takes any endpoint.
  const endpoint = await ctx.store.webhookEndpoints.find(projectId, endpointId);
  const test = endpoint && (await ctx.dispatcher.testWebhook({ endpointId, projectId }));
  if (test === undefined) throw noSuchEndpoint();
  const { eventId, delivered, at, milliseconds, status, answer, error } = test;
  return {
    eventId,
    delivered,
    at: at.toISOString(),
    milliseconds,
    ...(status !== undefined && { status }),
    ...(answer !== undefined && { answer }),
    ...(error !== undefined && { error }),
  };
}
