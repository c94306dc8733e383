/** Why a text is no JSON pointer (RFC 6901), or undefined when it is one. */
export function pointerProblem(pointer: string): string | undefined {
  if (pointer !== "" && !pointer.startsWith("/"))
    return 'must be a JSON pointer, which starts with "/", such as "/alert/title"';
  if (/~(?![01])/.test(pointer))
    return 'must be a JSON pointer: "~" is written "~0" in it, and "/" inside a name "~1"';
  return undefined;
}

/** The value that a JSON pointer (RFC 6901) names in a parsed JSON document, or undefined. Reads own properties only. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const name of pointer.split("/").slice(1).map(unescaped)) {
    if (Array.isArray(value))
      value = /^(0|[1-9]\d{0,8})$/.test(name) ? value[Number(name)] : undefined;
    else if (typeof value === "object" && value !== null && Object.hasOwn(value, name))
      value = (value as Record<string, unknown>)[name];
    else return undefined;
  }
  return value;
}

function unescaped(name: string): string {
  return name.replaceAll("~1", "/").replaceAll("~0", "~");
}
