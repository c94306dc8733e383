/** Fields of a log line: ids and counts only, never a number, a spoken text or a key. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where the dispatcher reports to. */
export interface Log {
  info(fields: LogFields, text: string): void;
  warn(fields: LogFields, text: string): void;
  error(fields: LogFields, text: string): void;
}

/** What an error may say in a log: its name and code, since its text may hold personal data. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = codeOf(error) ?? redisCode(error);
  return {
    error: error.name,
    code,
    at: error.stack
      ?.split("\n")
      .find((line) => /^\s+at /.test(line))
      ?.trim(),
  };
}

// Some errors have a code that is undefined, or an object.
function codeOf(error: Error): string | number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" || typeof code === "number" ? code : undefined;
}

// Redis begins its refusals with a word of its own: OOM, LOADING, READONLY.
function redisCode({ name, message }: Error): string | undefined {
  return name === "ReplyError" ? /^[A-Z]+\b/.exec(message)?.[0] : undefined;
}
