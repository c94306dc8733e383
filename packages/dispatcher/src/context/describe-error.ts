/** An error as a log may hold it. Its text is left out: it may hold a number, a spoken text or a key. */
export interface DescribedError {
  name: string;
  /** Such as ECONNREFUSED, 11000, or the first word of a refusal of Redis. */
  code?: string;
  /** Of errors whose text is our own and holds no values. */
  text?: string;
  /** Frames without the text. */
  stack?: string;
  cause?: DescribedError;
}

/** Errors of ours whose texts are fixed. */
const SAFE_TEXTS: ReadonlySet<string> = new Set([
  "NothingSentError",
  "StartError",
  "SettingsError",
]);

const WORD = /^[\w$.:-]{1,64}$/;
const FRAME = /^ +at .*(?::\d+:\d+|<anonymous>|native)\)?$/;
const MOST_CAUSES = 3;

/** An error by its name, code and frames, and so its causes. */
export function describeError(error: unknown, causes = MOST_CAUSES): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = codeOf(error);
  const frames = framesOf(error);
  return {
    name: wordOf(error.name) ?? "Error",
    ...(code !== undefined && { code }),
    ...(SAFE_TEXTS.has(error.name) && { text: error.message }),
    ...(frames.length > 0 && { stack: frames.join("\n") }),
    ...(error.cause !== undefined &&
      causes > 0 && { cause: describeError(error.cause, causes - 1) }),
  };
}

/** The code of an error; undefined where it has none that is a word. */
export function codeOf(error: Error): string | undefined {
  const code = "code" in error ? wordOf(error.code) : undefined;
  // Redis begins its refusals with a word of its own: OOM, LOADING, READONLY.
  const refusal = error.name === "ReplyError" ? /^[A-Z]+\b/.exec(error.message)?.[0] : undefined;
  return code ?? refusal;
}

/** Where an error was made, innermost first. Its text comes before that, and may look like it. */
export function framesOf({ stack = "", message }: Error): string[] {
  const textAt = message === "" ? -1 : stack.indexOf(message);
  const frames = textAt === -1 ? stack : stack.slice(textAt + message.length);
  return frames.split("\n").filter((line) => FRAME.test(line));
}

function wordOf(value: unknown): string | undefined {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return WORD.test(text) ? text : undefined;
}
