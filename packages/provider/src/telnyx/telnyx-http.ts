import { beforeSending } from "../nothing-sent-error.ts";

/** Longest wait for an answer, in milliseconds; the dispatcher stops waiting sooner. */
const TIMEOUT_MS = 60_000;

/** An answer of Telnyx's API: `{"data": …}` or `{"errors": [{"code", "title", "detail", "source"}]}`. */
export interface TelnyxAnswer {
  status: number;
  /** Undefined when it is not JSON. */
  body: unknown;
  /** Seconds to wait, out of `Retry-After`. */
  retryAfterSeconds?: number;
}

/**
 * Asks Telnyx's API, version 2; rejects when no answer came, with a `NothingSentError` when the request could not be
 * made.
 */
export type TelnyxHttp = (path: string, body?: object) => Promise<TelnyxAnswer>;

/** Telnyx's API with an account's key; a request with a body is a POST. */
export function telnyxHttp(baseUrl: string, apiKey: string): TelnyxHttp {
  const base = `${baseUrl.replace(/\/+$/, "")}/v2`;
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  return async (path, body) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const request = beforeSending(() => {
      const posted = body && { method: "POST", body: JSON.stringify(body) };
      return new Request(base + path, { headers, signal, ...posted });
    });
    const response = await fetch(request);
    const retryAfter = Number(response.headers.get("retry-after") ?? "none");
    return {
      status: response.status,
      body: parsed(await response.text()),
      ...(Number.isFinite(retryAfter) && { retryAfterSeconds: retryAfter }),
    };
  };
}

/** An answer that says yes; throws for every other. */
export function succeeded(answer: TelnyxAnswer): TelnyxAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new Error(`Telnyx answered with HTTP ${answer.status}`);
}

/** What an answer is about, or undefined without it. */
export function dataOf({ body }: TelnyxAnswer): unknown {
  return typeof body === "object" && body !== null && "data" in body ? body.data : undefined;
}

/** The first error of a refusal, as Telnyx gave it; empty where it gave none. */
export function firstErrorOf({ body }: TelnyxAnswer): TelnyxError {
  const { errors } = (body ?? {}) as { errors?: unknown };
  const [first] = Array.isArray(errors) ? (errors as unknown[]) : [];
  return typeof first === "object" && first !== null ? first : {};
}

interface TelnyxError {
  code?: unknown;
  title?: unknown;
  detail?: unknown;
  source?: { pointer?: unknown };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Such as the page of a proxy; the caller gets undefined.
    return undefined;
  }
}
