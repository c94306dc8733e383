import { AsyncLocalStorage } from "node:async_hooks";
import { hostname } from "node:os";

import type { OpenSpan, SpanKind as Kind, SpanStart } from "@call-log/dispatcher";
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";

import { samplerOf } from "./sampler-of.ts";
import type { StartedTracing, TracingOptions } from "./started-tracing.ts";

const KINDS: Readonly<Record<Kind, SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

/** Spans that wait to be sent; beyond, they are dropped. */
const MOST_SPANS = 8192;

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/;

/** Spans by OpenTelemetry, sent in batches by this exporter. It sets no globals: nothing but call-log's own spans is made. */
export function createTracing(
  { role, settings, onExport }: TracingOptions,
  exporter: SpanExporter,
): StartedTracing {
  const provider = new TracerProvider({
    resource: resourceOf(role, settings.OTEL_SERVICE_NAME),
    sampler: samplerOf(settings),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: reported(exporter, onExport), maxQueueSize: MOST_SPANS }),
    ],
  });
  const tracer = provider.getTracer("call-log");
  const running = new AsyncLocalStorage<Span>();
  return {
    begin: (start) => openSpan(beginSpan(tracer, start, running.getStore()), running),
    active() {
      const span = running.getStore();
      return span && traceparentOf(span);
    },
    close: () => provider.shutdown(),
  };
}

function beginSpan(tracer: Tracer, start: SpanStart, active: Span | undefined): Span {
  const { name, kind, attributes, parent, isRoot = false, startedAt } = start;
  const options = {
    kind: KINDS[kind],
    ...(attributes !== undefined && { attributes }),
    ...(startedAt !== undefined && { startTime: startedAt }),
  };
  if (!isRoot) return tracer.startSpan(name, options, contextOf(parent, active));
  const links = active === undefined ? [] : [{ context: active.spanContext() }];
  return tracer.startSpan(name, { ...options, links }, ROOT_CONTEXT);
}

// A parent that can't be read begins a trace, as the standard wants it.
function contextOf(parent: string | undefined, active: Span | undefined): Context {
  if (parent === undefined) return active ? trace.setSpan(ROOT_CONTEXT, active) : ROOT_CONTEXT;
  const [, traceId, spanId, flags] = TRACEPARENT.exec(parent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function openSpan(span: Span, running: AsyncLocalStorage<Span>): OpenSpan {
  return {
    traceparent: traceparentOf(span),
    run: (act) => running.run(span, act),
    set: (attributes) => void span.setAttributes(attributes),
    fail(errorType) {
      span.setAttribute("error.type", errorType);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
    end: () => span.end(),
  };
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}

function resourceOf(role: string, serviceName: string | undefined) {
  const own = resourceFromAttributes({
    "service.name": `call-log-${role}`,
    "host.name": hostname(),
    "process.pid": process.pid,
  });
  const named = serviceName === undefined ? {} : { "service.name": serviceName };
  return defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(resourceFromAttributes(named));
}

function reported(exporter: SpanExporter, onExport: TracingOptions["onExport"]): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        onExport(result.code === 0 ? undefined : (result.error ?? new Error("not sent")));
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
