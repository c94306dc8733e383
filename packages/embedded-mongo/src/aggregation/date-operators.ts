import { Int32, ObjectId } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import { type Expression, type ParseOperator, nullable } from "./expression-type.ts";

type Parse = Parameters<ParseOperator>[1];

/** The operators of dates. */
export const DATE_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $hour: parseHour,
};

function parseHour(operand: unknown, parse: Parse): Expression {
  const named = asDocument(operand);
  if (named !== undefined && Object.keys(named)[0]?.startsWith("$") !== true)
    throw unsupported("$hour of a document, and so its 'timezone',");
  return nullable([1, 1], (value) => new Int32(dateOf(value).getUTCHours()))(operand, parse);
}

function dateOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  throw new CommandError(16006, `can't convert from BSON type ${typeOf(value)} to Date`);
}
