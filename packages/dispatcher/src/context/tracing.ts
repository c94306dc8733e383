/** Kind of a span, as OpenTelemetry has it. */
export type SpanKind = "server" | "client" | "producer" | "consumer" | "internal";

/** Attributes of a span: ids, names and counts only, never a number, a spoken text or a key. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Settings of a new span. */
export interface SpanStart {
  name: string;
  kind: SpanKind;
  attributes?: SpanAttributes;
  /** W3C traceparent of the span that it belongs to. @defaultValue the active one; without one a trace begins */
  parent?: string | undefined;
  /** Begin a trace of its own, with a link to the active span. */
  isRoot?: boolean;
  /** When it began, in milliseconds since 1970. @defaultValue now */
  startedAt?: number;
}

/** An open span. */
export interface OpenSpan {
  /** W3C traceparent of this span. */
  readonly traceparent: string;
  /** Do something while this span is the active one. */
  run<T>(act: () => T): T;
  set(attributes: SpanAttributes): void;
  /** Mark it as failed, by the name or code of the error. */
  fail(errorType: string): void;
  end(): void;
}

/** Makes spans. Absent when tracing is off. */
export interface Tracing {
  begin(start: SpanStart): OpenSpan;
  /** W3C traceparent of the active span; undefined where none is. */
  active(): string | undefined;
}

/** Do something within a span of its own; an error that it throws marks the span. Without tracing it is only done. */
export async function inSpan<T>(
  tracing: Tracing | undefined,
  start: SpanStart,
  act: (span?: OpenSpan) => Promise<T>,
): Promise<T> {
  if (tracing === undefined) return act();
  const span = tracing.begin(start);
  try {
    return await span.run(() => act(span));
  } catch (error) {
    span.fail(error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}

/**
 * The span that work for a call belongs to: the active one where it is of the call's trace, else the one that the call
 * began with.
 */
export function parentFor(
  tracing: Tracing | undefined,
  call: { traceparent?: string | undefined },
): string | undefined {
  const active = tracing?.active();
  if (call.traceparent === undefined) return active;
  return active !== undefined && traceIdOf(active) === traceIdOf(call.traceparent)
    ? active
    : call.traceparent;
}

function traceIdOf(traceparent: string): string | undefined {
  return traceparent.split("-")[1];
}
