import { asDocument } from "./bson-type.ts";

/** One walk along a dotted path; `test` is called with each value, `undefined` for a missing one. */
export interface PathWalk {
  readonly parts: readonly string[];
  /** Whether an array at the end of the path is offered element by element, then whole. */
  readonly expandLeaf: boolean;
  readonly test: (value: unknown) => boolean;
}

/**
 * Passes the values at a path to the test, through arrays as MongoDB's matcher does; returns whether one of them
 * passes. The root may be an array, which counts as a document of its indexes.
 */
export function visitPath(root: unknown, walk: PathWalk): boolean {
  return walkFrom(root, 0, walk);
}

function walkFrom(root: unknown, start: number, walk: PathWalk): boolean {
  let value = fieldOf(root, walk.parts[start] as string);
  for (let depth = start + 1; depth < walk.parts.length; depth += 1) {
    if (Array.isArray(value)) return walkArray(value, depth, walk);
    const document = asDocument(value);
    if (document === undefined) return walk.test(undefined);
    value = fieldOf(document, walk.parts[depth] as string);
  }
  if (walk.expandLeaf && Array.isArray(value)) return testElements(value, walk);
  return walk.test(value);
}

function testElements(array: readonly unknown[], walk: PathWalk): boolean {
  return array.some(walk.test) || walk.test(array);
}

function walkArray(array: readonly unknown[], depth: number, walk: PathWalk): boolean {
  return array.some((element, index) => walkElement({ element, index }, depth, walk));
}

function walkElement(
  { element, index }: { element: unknown; index: number },
  depth: number,
  walk: PathWalk,
): boolean {
  const isDocument = asDocument(element) !== undefined;
  if (isDocument && walkFrom(element, depth, walk)) return true;
  if (walk.parts[depth] !== String(index)) return false;
  if (depth + 1 === walk.parts.length) return walk.test(element);
  return (isDocument || Array.isArray(element)) && walkFrom(element, depth + 1, walk);
}

/** Returns a field of a document, or an element of an array by its index written as a name. */
export function fieldOf(container: unknown, name: string): unknown {
  if (Array.isArray(container)) {
    return /^(?:0|[1-9]\d*)$/.test(name) ? (container[Number(name)] as unknown) : undefined;
  }
  const document = asDocument(container);
  return document !== undefined && Object.hasOwn(document, name) ? document[name] : undefined;
}
