import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A span as it was sent, with the name of its process. */
export interface SentSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** Numbers of the OTLP: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  /** 2 for an error. */
  status: number | undefined;
}

/** A collector for traces: what was sent to it. */
export interface OtlpReceiver {
  url: string;
  /** Spans that came as JSON. */
  spans: SentSpan[];
  /** Each request with its headers and its body. */
  requests: {
    path: string;
    contentType: string;
    headers: IncomingMessage["headers"];
    body: Buffer;
  }[];
  close(): Promise<void>;
}

interface Value {
  stringValue?: string;
  intValue?: number | string;
  boolValue?: boolean;
}
interface OtlpSpan extends Omit<SentSpan, "attributes" | "service" | "status" | "links"> {
  attributes?: { key: string; value: Value }[];
  links?: SentSpan["links"];
  status?: { code?: number };
}
interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: { key: string; value: Value }[] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
}

/** Start a collector on a free port. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: SentSpan[] = [];
  const requests: OtlpReceiver["requests"] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      const contentType = request.headers["content-type"] ?? "";
      const { url: path = "", headers } = request;
      requests.push({ path, contentType, headers, body });
      if (contentType === "application/json") spans.push(...spansOf(body));
      response.writeHead(200, { "content-type": contentType }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spansOf(body: Buffer): SentSpan[] {
  const { resourceSpans } = JSON.parse(body.toString()) as OtlpRequest;
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(attributesOf(resource.attributes)["service.name"]);
    return scopeSpans.flatMap((scope) =>
      scope.spans.map(({ attributes = [], links = [], status, ...span }) => ({
        ...span,
        service,
        links,
        attributes: attributesOf(attributes),
        status: status?.code,
      })),
    );
  });
}

function attributesOf(list: { key: string; value: Value }[]): Record<string, unknown> {
  return Object.fromEntries(
    list.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue]),
  );
}
