import { auditLine } from "../../audit/audit-line.ts";
import { schemaScope } from "../conditions/field.ts";

/** The names of a line of the audit trail. */
export const AUDIT_SCOPE = schemaScope(auditLine);
