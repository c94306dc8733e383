import { type Acting, CallLogError, isObjectId } from "@call-log/model";

import { MAX_REQUESTS } from "../accept/accept-call.ts";
import type { CallRef } from "./call-ref.ts";

/** Calls that one request works on at a time: it leaves capacity of the database and the provider for others. */
const AT_ONCE = 10;

/** Which calls of a project, at most 1,000. */
export interface CallRefs {
  projectId: string;
  callLogIds: readonly string[];
  acting?: Acting | undefined;
}

/**
 * Run a command on each call. One result per call, in order: what the command returns, or its `CallLogError`. Throws
 * any other error.
 */
export async function runOnMany<T>(
  { projectId, callLogIds, acting }: CallRefs,
  act: (ref: CallRef) => Promise<T>,
): Promise<(T | CallLogError)[]> {
  if (callLogIds.length > MAX_REQUESTS)
    throw new CallLogError("BAD_REQUEST", `ids: must be at most ${MAX_REQUESTS}`);
  const answers: (T | CallLogError)[] = [];
  for (let begin = 0; begin < callLogIds.length; begin += AT_ONCE) {
    const some = callLogIds.slice(begin, begin + AT_ONCE);
    const answered = some.map((id) =>
      orRefusal(async () => act({ projectId, callLogId: checked(id), acting })),
    );
    answers.push(...(await Promise.all(answered)));
  }
  return answers;
}

function checked(callLogId: string): string {
  if (isObjectId(callLogId)) return callLogId.toLowerCase();
  throw new CallLogError("BAD_REQUEST", "id: must be a UUID or 24 hexadecimal digits");
}

async function orRefusal<T>(act: () => Promise<T>): Promise<T | CallLogError> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CallLogError) return error;
    throw error;
  }
}
