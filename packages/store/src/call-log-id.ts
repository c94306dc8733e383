import { v5, v7, version } from "uuid";

// Changing it would give every known idempotency key another call log.
const NAMESPACE = "2b1f2a4e-6f0c-4c53-9a0e-5b7d8c1e0f36";

/** Id of a new call log: UUIDv7, or with an idempotency key the UUIDv5 (RFC 9562) of project and key, so that a repeat meets itself. */
export function newCallLogId(request: { projectId: string; idempotencyKey?: string }): string {
  const { projectId, idempotencyKey } = request;
  return idempotencyKey === undefined ? v7() : v5(`${projectId}:${idempotencyKey}`, NAMESPACE);
}

/** True for the id of a request that carried an idempotency key, its own or that of its job: a repeat of the request has the same id. */
export function isKeyedCallLogId(callLogId: string): boolean {
  return version(callLogId) === 5;
}
