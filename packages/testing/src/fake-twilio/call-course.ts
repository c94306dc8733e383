import { sendCallback, type Callback } from "./callback-sender.ts";
import type { Exchange } from "./exchange.ts";
import { FINAL, finish, type CallStatus, type FakeCall } from "./fake-call.ts";
import { digitsOf, nextPress } from "./gather.ts";
import { verbsOf, type Verb } from "./twiml.ts";

/** Times of a call, in the fake's seconds. */
const QUEUED = 0.5;
const DIALLED = 1;
const RINGING = 3;
const DETECTION = 1;
const SPEAKING = 1;
const PRESSING = 2;

/** Name by which `StatusCallbackEvent` asks for a state; every final one is asked for as `completed`. */
const EVENT_OF: Partial<Record<CallStatus, string>> = {
  initiated: "initiated",
  ringing: "ringing",
  "in-progress": "answered",
};

const CONNECTED: ReadonlySet<number> = new Set([486, 487, 603]);

/** Take a call from the queue to its end, with its callbacks. */
export async function runCall(exchange: Exchange, call: FakeCall): Promise<void> {
  const report = reporter(exchange, call);
  try {
    await course(exchange, call, report);
  } catch (error) {
    // Ended by request: a call that was still queued is not reported (Twilio's rule).
    if (!(error instanceof Error) || error.name !== "AbortError") throw error;
    if (call.startedAt !== undefined) report(call.status);
  }
}

type Report = (status: CallStatus) => void;

async function course(exchange: Exchange, call: FakeCall, report: Report): Promise<void> {
  const { script } = call;
  const enter = (status: CallStatus) => {
    call.status = status;
    report(status);
  };
  const end = (status: CallStatus, sipResponseCode: number) => {
    call.sipResponseCode = sipResponseCode;
    finish(call, status, exchange.speed);
    report(status);
  };
  await exchange.wait(QUEUED, call);
  call.startedAt = new Date();
  enter("initiated");
  await exchange.wait(DIALLED, call);
  if (script.ends !== undefined && !CONNECTED.has(script.ends.sipResponseCode))
    return end(script.ends.status, script.ends.sipResponseCode);
  enter("ringing");
  await exchange.wait(Math.min(script.ringSeconds ?? RINGING, call.timeoutSeconds), call);
  if (script.ends !== undefined) return end(script.ends.status, script.ends.sipResponseCode);
  call.answeredAt = new Date();
  enter("in-progress");
  await exchange.wait(DETECTION, call);
  detect(exchange, call);
  await speak(exchange, call, verbsOf(call.twiml));
  return end("completed", 200);
}

function detect({ authToken, accountSid }: Exchange, call: FakeCall): void {
  if (!call.detectsMachine) return;
  call.answeredBy = call.script.answeredBy ?? "human";
  const { amdUrl } = call.targets;
  if (amdUrl === undefined || call.script.callbacks === "never") return;
  const form = {
    CallSid: call.sid,
    AccountSid: accountSid,
    AnsweredBy: call.answeredBy,
    MachineDetectionDuration: "1000",
  };
  void request(call, { url: amdUrl, form }, authToken);
}

async function speak(exchange: Exchange, call: FakeCall, verbs: readonly Verb[]): Promise<void> {
  for (const verb of verbs)
    switch (verb.name) {
      case "Say":
      case "Play":
        call.spoken.push(verb.text);
        await exchange.wait(SPEAKING, call);
        break;
      case "Pause":
        await exchange.wait(Number(verb.attributes["length"] ?? 1), call);
        break;
      case "Hangup":
        return;
      case "Gather": {
        await speak(exchange, call, verb.children);
        const next = await gathered(exchange, call, verb);
        // The document that answers takes the place of the rest of this one.
        if (next !== undefined) return speak(exchange, call, next);
        break;
      }
      default:
        throw new Error(`the fake does not know <${verb.name}>`);
    }
}

async function gathered(exchange: Exchange, call: FakeCall, gather: Verb) {
  const { attributes } = gather;
  const keys = call.script.answeredBy === "machine_start" ? "" : nextPress(call, gather);
  const { digits, isFinished } = digitsOf(keys, attributes);
  await exchange.wait(isFinished ? PRESSING : Number(attributes["timeout"] ?? 5), call);
  const { action } = attributes;
  if (action === undefined) return undefined;
  if (digits === "" && attributes["actionOnEmptyResult"] !== "true") return undefined;
  const form = { ...common(exchange, call), CallStatus: "in-progress", Digits: digits };
  const twiml = await request(call, { url: action, form }, exchange.authToken);
  return twiml === undefined || twiml === "" ? [] : verbsOf(twiml);
}

// What is requested is logged, also where nobody answers.
function request(call: FakeCall, callback: Callback, authToken: string) {
  call.requests.push({ ...callback, at: new Date() });
  return sendCallback(callback, authToken);
}

// Reports go out in order, unless the script or the fault of the moment disturbs them.
function reporter(exchange: Exchange, call: FakeCall): Report {
  let last: Promise<unknown> = Promise.resolve();
  return (status) => {
    const { statusUrl, statusEvents } = call.targets;
    const event = FINAL.has(status) ? "completed" : EVENT_OF[status];
    if (statusUrl === undefined || event === undefined || !statusEvents.includes(event)) return;
    const callback = { url: statusUrl, form: statusForm(exchange, call, status) };
    const at = new Date();
    const send = () => sendCallback(callback, exchange.authToken);
    const later = async () => {
      await exchange.wait(1 + Math.random() * 4);
      await send();
    };
    const { callbacks } = call.script;
    if (callbacks === "never") return;
    call.requests.push({ ...callback, at });
    if (exchange.callbackFault === "lost") return;
    if (exchange.callbackFault === "tripled") void Promise.all([later(), later(), later()]);
    else if (callbacks === "doubled") void Promise.all([send(), later()]);
    else if (callbacks === "swapped" && call.sequence % 2 === 1) void later();
    else last = last.then(send);
  };
}

function statusForm(exchange: Exchange, call: FakeCall, status: CallStatus) {
  const isFinal = FINAL.has(status);
  const { durationSeconds: seconds } = call;
  return {
    ...common(exchange, call),
    CallStatus: status,
    Timestamp: new Date().toUTCString().replace("GMT", "+0000"),
    CallbackSource: "call-progress-events",
    SequenceNumber: String(call.sequence++),
    ...(isFinal && { CallDuration: String(seconds ?? 0) }),
    ...(isFinal && seconds !== undefined && { Duration: String(Math.ceil(seconds / 60)) }),
    ...(call.sipResponseCode !== undefined && { SipResponseCode: String(call.sipResponseCode) }),
  };
}

function common({ accountSid }: Exchange, { sid, to, from }: FakeCall) {
  return {
    CallSid: sid,
    AccountSid: accountSid,
    From: from,
    To: to,
    ApiVersion: "2010-04-01",
    Direction: "outbound-api",
    Called: to,
    Caller: from,
  };
}
