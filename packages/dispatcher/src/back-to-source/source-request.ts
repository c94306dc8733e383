/** One HTTP request to the system that an alert came from. */
export interface SourceRequest {
  method: "GET" | "POST" | "PUT" | "PATCH";
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON text; absent for GET. */
  body?: string;
}

/** What that system answered. */
export interface SourceAnswer {
  status: number;
  body: string;
  /** Header Retry-After, as it came. */
  retryAfter: string | undefined;
}

/** Send one request; rejects when there is no answer. */
export type SendRequest = (request: SourceRequest) => Promise<SourceAnswer>;

/** A request with a JSON body. */
export function jsonRequest(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): SourceRequest {
  return {
    method: "POST",
    url,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** Address of a path under a base address, whose own path stays. */
export function addressUnder(base: string, path: string): string {
  return base.replace(/\/+$/, "") + path;
}

/** True for an answer that says yes. */
export function isSuccess({ status }: Pick<SourceAnswer, "status">): boolean {
  return status >= 200 && status < 300;
}

/** The JSON of an answer; undefined for another text, so that a proxy's page is no crash. */
export function jsonOf({ body }: Pick<SourceAnswer, "body">): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
