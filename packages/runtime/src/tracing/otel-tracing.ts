import { AsyncLocalStorage } from "node:async_hooks";
import { hostname } from "node:os";

import type { SpanKind as Kind, SpanStart } from "@call-log/dispatcher";
import { ROOT_CONTEXT, type SpanContext, SpanKind, trace } from "@opentelemetry/api";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  type Sampler,
  SamplingDecision,
  type SpanExporter,
} from "@opentelemetry/sdk-trace";

import { randomIds } from "./random-ids.ts";
import { samplerOf } from "./sampler-of.ts";
import { SpanRecord, type SpanSource } from "./span-record.ts";
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
  const batches = new BatchSpanProcessor({
    exporter: reported(exporter, onExport),
    maxQueueSize: MOST_SPANS,
  });
  const running = new AsyncLocalStorage<SpanRecord>();
  const source: SpanSource = {
    resource: resourceOf(role, settings.OTEL_SERVICE_NAME),
    running,
    onEnd: (span) => batches.onEnd(span),
  };
  const sampler = samplerOf(settings);
  const newId = randomIds();
  return {
    begin(start) {
      const { name, attributes = {}, isRoot = false, startedAt } = start;
      const active = running.getStore()?.spanContext();
      const parent = isRoot ? undefined : parentOf(start, active);
      const kind = KINDS[start.kind];
      const traceId = parent?.traceId ?? newId() + newId();
      const traceFlags =
        parent !== undefined && parent === active
          ? parent.traceFlags
          : flagsOf(sampler, { parent, traceId, name, kind });
      const context = { traceId, spanId: newId(), traceFlags };
      const links = isRoot && active !== undefined ? [{ context: active }] : [];
      return new SpanRecord(source, { name, kind, context, parent, links, attributes, startedAt });
    },
    active: () => running.getStore()?.traceparent,
    close: () => batches.shutdown(),
  };
}

// A parent that can't be read begins a trace, as the standard wants it.
function parentOf({ parent }: SpanStart, active: SpanContext | undefined): SpanContext | undefined {
  if (parent === undefined) return active;
  const [, traceId, spanId, flags] = TRACEPARENT.exec(parent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return trace.isSpanContextValid(context) ? context : undefined;
}

/** What is asked of a sampler. */
interface Sampled {
  parent: SpanContext | undefined;
  traceId: string;
  name: string;
  kind: SpanKind;
}

// A span decides for those within it: every sampler that can be set would decide the same.
function flagsOf(sampler: Sampler, { parent, traceId, name, kind }: Sampled): number {
  const context = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
  const { decision } = sampler.shouldSample(context, traceId, name, kind, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED ? 1 : 0;
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
