export * from "./notify.ts";
export * from "./webhook-delivery.ts";
export * from "./webhook-endpoint.ts";
export * from "./webhook-event.ts";
export * from "./webhook-secret.ts";
export * from "./webhook-url.ts";
