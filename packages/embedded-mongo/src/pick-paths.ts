import { DOCUMENT_TYPE, documentOf, eachElement, elementsOf, endOfName } from "./pick-fields.ts";

/** Some paths of documents, by their first names. */
export interface Paths {
  names: ReadonlySet<string>;
  /** Of a name that is not needed as a whole, the paths within it. */
  within: ReadonlyMap<string, Paths>;
}

const ARRAY_TYPE = 4;
const NO_NAMES: ReadonlySet<string> = new Set();

/** Dotted paths, by their names. One that others begin with stands for them. */
export function pathsOf(paths: Iterable<string>): Paths {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const [name = "", ...rest] = path.split(".");
    byName.set(name, [...(byName.get(name) ?? []), rest.join(".")]);
  }
  const partial = [...byName].filter(([, rests]) => !rests.includes(""));
  return {
    names: new Set(byName.keys()),
    within: new Map(partial.map(([name, rests]) => [name, pathsOf(rests)])),
  };
}

/**
 * Returns a document with what some paths of another one lead to, also through lists of documents; most of the rest is
 * passed over without being decoded.
 */
export function pickPaths(document: Uint8Array, { names, within }: Paths): Uint8Array {
  const elements = [...elementsOf(document, names)].map(([name, element]) => {
    const paths = within.get(name);
    return paths === undefined ? element : pickWithin(element, paths);
  });
  return documentOf(elements);
}

// An element is its type, its name and its value. What is neither a document nor a list stays as it is.
function pickWithin(element: Buffer, paths: Paths): Buffer {
  const type = element[0];
  const valueAt = endOfName(element, 1) + 1;
  const value = element.subarray(valueAt);
  if (type !== DOCUMENT_TYPE && type !== ARRAY_TYPE) return element;
  const picked =
    type === DOCUMENT_TYPE
      ? pickPaths(value, paths)
      : documentOf(elementsIn(value).map((one) => pickWithin(one, paths)));
  return Buffer.concat([element.subarray(0, valueAt), picked]);
}

function elementsIn(list: Buffer): Buffer[] {
  const found: Buffer[] = [];
  eachElement(list, NO_NAMES, (_, start, end) => {
    found.push(list.subarray(start, end));
    return true;
  });
  return found;
}
