import { Binary, EJSON, Int32, Timestamp } from "bson";

import { compareValues } from "../bson-order.ts";
import { asDocument, isNumeric, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { combineNumbers } from "../number-arithmetic.ts";

/** What a modifier does to the value at its path. */
export interface Modifier {
  /** Returns the new value; `undefined` removes it, and `undefined` is given where there is none. */
  readonly apply: (current: unknown) => unknown;
  /** Whether a path that does not exist is made. */
  readonly creates: boolean;
  /** Whether it only takes part when a document is inserted. */
  readonly onInsertOnly?: boolean;
}

/** Where a modifier stands. */
export interface ModifierSite {
  readonly path: string;
  readonly operand: unknown;
  readonly now: Date;
}

/** Makes a modifier from its operand, or refuses it. */
export type ParseModifier = (site: ModifierSite) => Modifier;

/** The modifiers of single values. */
export const VALUE_MODIFIERS: Readonly<Record<string, ParseModifier>> = {
  $set: ({ operand }) => ({ apply: () => nullIfUndefined(operand), creates: true }),
  $setOnInsert: ({ operand }) => ({
    apply: () => nullIfUndefined(operand),
    creates: true,
    onInsertOnly: true,
  }),
  $unset: () => ({ apply: () => undefined, creates: false }),
  $inc: (site) => arithmetic(site, { name: "$inc", verb: "increment" }),
  $mul: (site) => arithmetic(site, { name: "$mul", verb: "multiply" }),
  $min: (site) => keepBy(site, 1),
  $max: (site) => keepBy(site, -1),
  $currentDate: ({ path, operand, now }) => ({
    apply: () => currentDate(path, operand, now),
    creates: true,
  }),
};

function nullIfUndefined(value: unknown): unknown {
  return value === undefined ? null : value;
}

function arithmetic(
  { path, operand }: ModifierSite,
  { name, verb }: { name: "$inc" | "$mul"; verb: string },
): Modifier {
  if (!isNumeric(operand)) {
    throw new CommandError(
      "TypeMismatch",
      `Cannot ${verb} with non-numeric argument: {${path}: ${shown(operand)}}`,
    );
  }
  const operation = name === "$inc" ? "add" : "multiply";
  const apply = (current: unknown): unknown => {
    if (current === undefined)
      return name === "$inc" ? operand : combineNumbers("multiply", new Int32(0), operand);
    if (!isNumeric(current)) {
      const message = `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is of non-numeric type ${typeOf(current)}`;
      throw new CommandError("TypeMismatch", message);
    }
    const result = combineNumbers(operation, current, operand);
    if (result === undefined)
      throw new CommandError(
        "BadValue",
        `Failed to apply ${name} operations to current value of '${path}'`,
      );
    return result;
  };
  return { apply, creates: true };
}

function keepBy({ operand }: ModifierSite, sign: 1 | -1): Modifier {
  const apply = (current: unknown): unknown =>
    current === undefined || compareValues(operand, current) * sign < 0 ? operand : current;
  return { apply, creates: true };
}

function currentDate(path: string, operand: unknown, now: Date): unknown {
  const type: unknown = asDocument(operand)?.["$type"];
  if (typeof operand === "boolean" || type === "date") return now;
  if (type === "timestamp") return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  const message = `${typeOf(operand)} is not valid type for $currentDate at '${path}'. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`;
  throw new CommandError("BadValue", message);
}

/** Shows a value in a message. */
export function shown(value: unknown): string {
  return value instanceof Binary ? "binary" : EJSON.stringify(value, { relaxed: true });
}
