import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import { matchFilter } from "../match-filter.ts";
import { parseFilter } from "../parse-filter.ts";
import type { Modifier, ModifierSite, ParseModifier } from "./update-modifier.ts";

/** The modifiers of arrays. */
export const ARRAY_MODIFIERS: Readonly<Record<string, ParseModifier>> = {
  $push: parsePush,
  $pull: parsePull,
};

function parsePush({ path, operand }: ModifierSite): Modifier {
  const clause = firstOperator(operand);
  if (clause !== undefined) throw unsupported(`${clause} in $push`);
  return {
    apply: (current) => [...arrayAt(path, current), operand],
    creates: true,
  };
}

function parsePull({ path, operand }: ModifierSite): Modifier {
  const query = asDocument(operand);
  if (query === undefined || firstOperator(operand) !== undefined)
    throw unsupported("$pull by anything but the fields of documents");
  const filter = parseFilter(query);
  const isRemoved = (element: unknown): boolean =>
    asDocument(element) !== undefined && matchFilter(filter, element);
  return {
    apply: (current) =>
      current === undefined
        ? undefined
        : arrayAt(path, current).filter((element) => !isRemoved(element)),
    creates: false,
  };
}

function firstOperator(operand: unknown): string | undefined {
  return Object.keys(asDocument(operand) ?? {}).find((name) => name.startsWith("$"));
}

function arrayAt(path: string, current: unknown): unknown[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  throw new CommandError(
    "BadValue",
    `The field '${path}' must be an array but is of type ${typeOf(current)}`,
  );
}
