import { type Acting, CallLogError } from "@call-log/model";

/** Which call of which project, and who acts on it. @defaultValue `acting` is call-log itself */
export interface CallRef {
  projectId: string;
  callLogId: string;
  acting?: Acting | undefined;
}

/** The error for a call log that does not exist, or belongs to another project. */
export function noSuchCall(): CallLogError {
  return new CallLogError("NOT_FOUND", "there is no such call log");
}
