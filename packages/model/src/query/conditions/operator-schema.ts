import { z } from "zod";

import type { FieldKind } from "./field.ts";
import type { Operator } from "./operators.ts";

/** An operator's own schema on a kind of field, with the name that selects it. */
export function operatorSchema([name, operator]: [string, Operator], kind: FieldKind): z.ZodObject {
  const schema = operator.schema(kind);
  const object = schema instanceof z.ZodPipe ? schema.in : schema;
  if (!(object instanceof z.ZodObject)) throw new Error(`${name} is not documented by an object`);
  return object.extend({ _type: z.literal(name) });
}
