import type { AsyncLocalStorage } from "node:async_hooks";

import type { OpenSpan, SpanAttributes } from "@call-log/dispatcher";
import {
  type Attributes,
  type HrTime,
  type Link,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
} from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";

/** What all spans of a process have in common. */
export interface SpanSource {
  resource: Resource;
  running: AsyncLocalStorage<SpanRecord>;
  onEnd: (span: ReadableSpan) => void;
}

/** Settings of a new record. */
export interface SpanRecordStart {
  name: string;
  kind: SpanKind;
  context: SpanContext;
  parent: SpanContext | undefined;
  links: Link[];
  attributes: SpanAttributes;
  /** In milliseconds since 1970. @defaultValue now */
  startedAt: number | undefined;
}

const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };
const FAILED: SpanStatus = { code: SpanStatusCode.ERROR };
const SCOPE = { name: "call-log" };

/**
 * A span, both to who makes it and to the exporter. It only notes: the SDK's own span checks and copies each attribute and computes times that nobody
 * reads, which costs several times as much for the few small spans of a request.
 */
export class SpanRecord implements OpenSpan, ReadableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly parentSpanContext?: SpanContext;
  readonly links: Link[];
  readonly attributes: Attributes = {};
  status = UNSET;
  ended = false;
  private readonly context: SpanContext;
  private readonly source: SpanSource;
  /** What is added to the process's clock, which never goes back, for milliseconds since 1970. */
  private readonly clockOffset: number;
  private readonly startedAt: number;
  private endedAt = 0;
  private header: string | undefined;

  constructor(
    source: SpanSource,
    { name, kind, context, parent, links, attributes, startedAt }: SpanRecordStart,
  ) {
    const now = Date.now();
    this.source = source;
    this.name = name;
    this.kind = kind;
    this.context = context;
    if (parent !== undefined) this.parentSpanContext = parent;
    this.links = links;
    this.set(attributes);
    this.clockOffset = now - performance.now();
    this.startedAt = startedAt ?? now;
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.context;
    return (this.header ??= `00-${traceId}-${spanId}-0${traceFlags}`);
  }

  run<T>(act: () => T): T {
    return this.source.running.run(this, act);
  }

  set(attributes: SpanAttributes): void {
    // The SDK's serializer would write one without a value.
    for (const name in attributes) {
      const value = attributes[name];
      if (value !== undefined) this.attributes[name] = value;
    }
  }

  fail(errorType: string): void {
    this.set({ "error.type": errorType });
    this.status = FAILED;
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.endedAt = this.clockOffset + performance.now();
    this.source.onEnd(this);
  }

  spanContext(): SpanContext {
    return this.context;
  }

  get startTime(): HrTime {
    return hrTimeOf(this.startedAt);
  }

  get endTime(): HrTime {
    return hrTimeOf(this.endedAt);
  }

  get duration(): HrTime {
    return hrTimeOf(this.endedAt - this.startedAt);
  }

  get resource(): Resource {
    return this.source.resource;
  }

  get instrumentationScope() {
    return SCOPE;
  }

  get events(): [] {
    return [];
  }

  get droppedAttributesCount(): number {
    return 0;
  }

  get droppedEventsCount(): number {
    return 0;
  }

  get droppedLinksCount(): number {
    return 0;
  }
}

function hrTimeOf(ms: number): HrTime {
  return [Math.floor(ms / 1000), Math.floor((ms % 1000) * 1e6)];
}
