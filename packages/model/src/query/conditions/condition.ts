import { toE164 } from "../../phone/phone-number.ts";
import type { Field, FieldKind } from "./field.ts";
import {
  allOf,
  anyOf,
  type Bounds,
  type Filter,
  type Operand,
  type Test,
  type TextPosition,
} from "./filter.ts";

/** The filter that puts a test on a field. */
export function onField(field: Field, test: Test): Filter {
  return { kind: "leaf", path: field.path, test };
}

/** The field has one of the values; null stands for no value. */
export function isIn(field: Field, operands: readonly Operand[]): Filter {
  return onField(field, oneOf(spellings(field.kind, operands)));
}

/** The field has none of the values; null stands for no value. */
export function isNotIn(field: Field, operands: readonly Operand[]): Filter {
  return onField(field, noneOf(spellings(field.kind, operands)));
}

/** The test for one of the values. */
export function oneOf(values: readonly Operand[]): Test {
  const [value] = values;
  return values.length === 1 && value !== undefined
    ? { kind: "is", value }
    : { kind: "in", values };
}

/** The test for none of the values. */
export function noneOf(values: readonly Operand[]): Test {
  const [value] = values;
  return values.length === 1 && value !== undefined
    ? { kind: "isNot", value }
    : { kind: "notIn", values };
}

/** The values as they may be stored: a phone number in E.164, or as an import wrote it. */
export function spellings(kind: FieldKind, operands: readonly Operand[]): readonly Operand[] {
  if (kind !== "phone") return operands;
  const all = operands.flatMap((operand): Operand[] =>
    typeof operand === "string" ? [toE164(operand) ?? operand, operand] : [operand],
  );
  return [...new Set(all)];
}

/** The field lies within the bounds. */
export function inRange(field: Field, bounds: Bounds): Filter {
  return onField(field, { kind: "range", bounds });
}

/** The field, or one element of its list, lies within both bounds. */
export function isBetween(field: Field, bounds: Bounds): Filter {
  const one = onField(field, { kind: "element", tests: [{ kind: "range", bounds }] });
  return byShape(field, { list: one, single: onOneElement(field, { kind: "range", bounds }) });
}

// The parts of one test could otherwise be met by different elements of the lists on the way to the field.
function onOneElement({ path, lists = [] }: Field, test: Test): Filter {
  const names = [...lists, path].map((inner, index, all) =>
    index === 0 ? inner : inner.slice((all[index - 1]?.length ?? 0) + 1),
  );
  const [last = path, ...outer] = names.reverse();
  return outer.reduce<Filter>(
    (filter, list) => ({ kind: "leaf", path: list, test: { kind: "elementWhere", filter } }),
    { kind: "leaf", path: last, test },
  );
}

/** A list has all of the values; a single value is one of them. */
export function hasAll(field: Field, operands: readonly Operand[]): Filter {
  const all = onField(field, { kind: "all", values: operands });
  return byShape(field, { list: all, single: isIn(field, operands) });
}

// Only of a JSON value it is not known beforehand whether it is a list.
function byShape(field: Field, { list, single }: { list: Filter; single: Filter }): Filter {
  if (field.kind === "texts") return list;
  if (field.kind !== "value") return single;
  const isSingle = onField(field, { kind: "not", tests: [{ kind: "isList" }] });
  return anyOf(list, allOf(single, isSingle));
}

/** The text stands in the field; the empty text stands in everything that has a value. */
export function hasText(field: Field, text: string, position: TextPosition): Filter {
  return text === "" ? isNotIn(field, [null]) : onField(field, { kind: "match", position, text });
}

/** The text does not stand in the field, or the field has no value. */
export function lacksText(field: Field, text: string): Filter {
  const match = { kind: "match", position: "anywhere", text } as const;
  return text === "" ? isIn(field, [null]) : onField(field, { kind: "not", tests: [match] });
}
