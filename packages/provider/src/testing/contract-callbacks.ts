import type { EventStatus } from "@call-log/model";

import type { CallbackReading, CallbackRequest } from "../provider.ts";
import type { ProviderBench } from "./contract-subject.ts";

/** Leaves out what comes for calls of an earlier test: its port, free again, may be this one's, and its callbacks late. */
export function takeOwnCallbacks(bench: ProviderBench): void {
  const callbackUrls = bench.callbackUrls.bind(bench);
  const received = bench.received.bind(bench);
  const own = new Set<string>();
  bench.callbackUrls = (attemptId) => {
    own.add(attemptId);
    return callbackUrls(attemptId);
  };
  bench.received = () => received().filter(({ attemptId }) => own.has(attemptId));
}

function read(bench: ProviderBench, request: CallbackRequest): CallbackReading {
  const reading = bench.provider.readCallback(request);
  if (!reading) throw new Error(`a ${request.kind} callback that is not genuine`);
  return reading;
}

export function readingWith(
  bench: ProviderBench,
  status: EventStatus,
): CallbackReading | undefined {
  const readings = bench.received().map((request) => read(bench, request));
  return readings.find(({ events }) => events.some((event) => event.status === status));
}

/** What was pressed, each once: a callback may come twice. */
export function pressedIn(
  bench: ProviderBench,
  count: number,
): CallbackReading["events"] | undefined {
  const pressed = eventsOf(bench).filter(({ status }) => status === "digits");
  const keys = pressed.map(({ step, sequence }) => `${step} ${sequence}`);
  const once = pressed.filter((_, index) => keys.indexOf(keys[index]!) === index);
  return once.length < count ? undefined : once;
}

export function eventsOf(bench: ProviderBench): CallbackReading["events"] {
  return bench.received().flatMap((request) => read(bench, request).events);
}

export function withSignature(
  request: CallbackRequest,
  change: (signature: string) => string | undefined,
): CallbackRequest {
  const headers = Object.entries(request.headers).map(([name, value]) =>
    /signature/i.test(name) && value !== undefined ? [name, change(value)] : [name, value],
  );
  return {
    ...request,
    headers: Object.fromEntries(headers) as CallbackRequest["headers"],
  };
}

export function otherSignature(signature: string): string {
  return (signature.startsWith("A") ? "B" : "A") + signature.slice(1);
}
