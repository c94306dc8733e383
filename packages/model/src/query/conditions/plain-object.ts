/** A JSON object. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** True for a JSON object; false for arrays, dates and instances of classes. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
