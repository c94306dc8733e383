import { CommandError, unsupported } from "./errors.ts";

/** Fields that MongoDB has and this server refuses. */
const REFUSED_FIELDS: ReadonlySet<string> = new Set(
  (
    "allowDiskUse allowPartialResults arrayFilters awaitData bypassDocumentValidation " +
    "collation comment commitQuorum explain hint let limit max min noCursorTimeout oplogReplay query readConcern returnKey " +
    "showRecordId skip sort tailable"
  ).split(" "),
);

/** The refusal of a field that MongoDB does not know there, or that this server does not support. */
export function unknownField(where: string, field: string): CommandError {
  if (REFUSED_FIELDS.has(field)) return unsupported(`'${field}' of ${where}`);
  return new CommandError(40415, `BSON field '${where}.${field}' is an unknown field.`);
}
