import { cutText } from "../../value/cut-text.ts";

/** Where in the input something stands: keys and indexes from its root. */
export type InputPath = readonly (string | number)[];

/** A problem of a query, selection or sort order, with its place. Becomes a zod issue at the schema's edge. */
export class QueryIssue extends Error {
  override readonly name = "QueryIssue";
  readonly path: InputPath;

  constructor(path: InputPath, message: string) {
    super(message);
    this.path = path;
  }
}

/** Refuses the input at a place; throws a QueryIssue. */
export function refuse(path: InputPath, message: string): never {
  throw new QueryIssue(path, message);
}

/** A caller's key as an error may show it: quoted, at most 60 characters. */
export function quoted(key: string): string {
  return JSON.stringify(key.length > 60 ? `${cutText(key, 60)}…` : key);
}
