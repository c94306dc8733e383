import { Binary, Decimal128, EJSON } from "bson";

import { compareValues } from "../bson-order.ts";
import { isNumeric, typeOf } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import { combineNumbers } from "../number-arithmetic.ts";

/** What a modifier does to the value at its path. */
export interface Modifier {
  /** Returns the new value. `undefined` removes it, and is passed where there is none. */
  readonly apply: (current: unknown) => unknown;
  /** Whether a missing path is created. */
  readonly creates: boolean;
  /** Whether it applies only when a document is inserted. */
  readonly onInsertOnly?: boolean;
}

/** A path of an update and the operand for it. */
export interface ModifierSite {
  readonly path: string;
  readonly operand: unknown;
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
  $inc: increment,
  $max: ({ operand }) => ({
    apply: (current) =>
      current === undefined || compareValues(operand, current) > 0 ? operand : current,
    creates: true,
  }),
};

function nullIfUndefined(value: unknown): unknown {
  return value === undefined ? null : value;
}

function increment({ path, operand }: ModifierSite): Modifier {
  if (!isNumeric(operand)) {
    throw new CommandError(
      "TypeMismatch",
      `Cannot increment with non-numeric argument: {${path}: ${shown(operand)}}`,
    );
  }
  if (operand instanceof Decimal128) throw unsupported("$inc by a decimal");
  const apply = (current: unknown): unknown => {
    if (current === undefined) return operand;
    if (!isNumeric(current)) {
      const message = `Cannot apply $inc to a value of non-numeric type. The field '${path}' is of non-numeric type ${typeOf(current)}`;
      throw new CommandError("TypeMismatch", message);
    }
    const result = combineNumbers("add", current, operand);
    if (result !== undefined) return result;
    const message = `Failed to apply $inc operations to current value of '${path}'`;
    throw new CommandError("BadValue", message);
  };
  return { apply, creates: true };
}

/** Writes a value for a message. */
export function shown(value: unknown): string {
  return value instanceof Binary ? "binary" : EJSON.stringify(value, { relaxed: true });
}
