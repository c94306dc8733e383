type Undefinable<T> = { [K in keyof T]: T[K] | undefined };

/** The same object without the keys whose value is undefined, so that absent stays absent in the database. */
export function withoutUndefined<T extends object>(object: Undefinable<T>): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
