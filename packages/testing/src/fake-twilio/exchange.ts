import type { CallbackFault } from "./callback-sender.ts";
import type { CallbackTargets, FakeCall } from "./fake-call.ts";
import type { Script } from "./script.ts";

/** How the fake is set up. */
export interface ExchangeOptions {
  accountSid: string;
  authToken: string;
  /** How many of the fake's seconds pass in a real one. */
  speed: number;
  /** When the requests of a call can be read, in the fake's seconds after its end. @defaultValue a quarter of an hour, as at Twilio */
  eventsAfterSeconds?: number;
  /** File with a line per call that was placed, on disk before the answer goes out. */
  ledgerFile: string;
}

/** What is asked of "create call", after its checks. */
export interface Order extends CallbackTargets {
  to: string;
  from: string;
  twiml: string;
  detectsMachine: boolean;
  timeoutSeconds: number;
}

/** The fake's calls and its clock. */
export interface Exchange extends ExchangeOptions {
  callbackFault: CallbackFault;
  /** All calls, oldest first. */
  calls(): readonly FakeCall[];
  call(sid: string): FakeCall | undefined;
  /** The script for an order; what a number does once it does for the first order of a label only. */
  scriptFor(order: Order): Script;
  /** Place a call: written to the ledger, then dialled. */
  place(order: Order, script: Script): FakeCall;
  /** End a call now. */
  end(call: FakeCall, status: "canceled" | "completed"): void;
  /** The price, once it is known. */
  priceOf(call: FakeCall): string | undefined;
  /** Let so many of the fake's seconds pass; rejects when the call is ended by request meanwhile. */
  wait(seconds: number, call?: FakeCall): Promise<void>;
}
