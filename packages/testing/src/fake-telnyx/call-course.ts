import { setTimeout as delay } from "node:timers/promises";

import type { Command, FakeCall } from "./fake-call.ts";
import { heard, nextPress, triesOf } from "./gather.ts";
import type { Ending } from "./script.ts";

/** What the course of a call needs: its clock and a way to report. */
export interface CourseOptions {
  /** How many of the fake's seconds pass in a real one. */
  speed: number;
  send: (call: FakeCall, type: string, payload: Record<string, unknown>) => Promise<void>;
}

const [DIAL_SECONDS, RING_SECONDS, SPEAK_SECONDS, COST_SECONDS] = [1, 2, 1, 5];
const CANCELED: Ending = { cause: "originator_cancel", sip: "487" };
const CLEARED: Ending = { cause: "normal_clearing", sip: "200" };
/** How long a callee listens to silence. */
const PATIENCE_SECONDS = 60;

/** Let a call run its course: dialled, ringing, answered, spoken to, hung up, charged. */
export async function runCall(call: FakeCall, options: CourseOptions): Promise<void> {
  const { speed, send } = options;
  const { ends, ringSeconds = RING_SECONDS, answeredBy = "human" } = call.script;
  const ended = new Promise<"hangup">((resolve) => {
    call.next = (command) => void (command === "hangup" && resolve(command));
  });
  const passed = async (seconds: number) =>
    (await Promise.race([delay((seconds / speed) * 1000), ended])) === "hangup";
  if (await passed(DIAL_SECONDS)) return end(call, options, CANCELED);
  await send(call, "call.initiated", { state: "bridging", direction: "outgoing" });
  if (await passed(ringSeconds)) return end(call, options, CANCELED);
  if (ends !== undefined) return end(call, options, ends);
  call.answeredAt = new Date();
  const commands = listen(call, speed);
  await send(call, "call.answered", { state: "answered" });
  if (call.detectsMachine) await send(call, "call.machine.detection.ended", { result: answeredBy });
  await converse(call, options, commands);
  await end(call, options, CLEARED);
}

async function converse(
  call: FakeCall,
  { speed, send }: CourseOptions,
  commands: () => Promise<Command | "hangup">,
): Promise<void> {
  for (;;) {
    const command = await commands();
    if (command === "hangup" || command.action === "hangup") return;
    if (command.action === "gather_using_speak") {
      await gather(call, { speed, send }, command);
      if (call.endedAt !== undefined) return;
      continue;
    }
    if (command.payload !== undefined) call.spoken.push(command.payload);
    await delay((SPEAK_SECONDS / speed) * 1000);
    if (call.endedAt !== undefined) return;
    if (command.action === "playback_start")
      await send(call, "call.playback.ended", { status: "completed" });
    else await send(call, "call.speak.ended", { status: "completed" });
  }
}

async function gather(
  call: FakeCall,
  { speed, send }: CourseOptions,
  { payload = "", ...options }: Command,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    call.spoken.push(payload);
    await delay((SPEAK_SECONDS / speed) * 1000);
    if (call.endedAt !== undefined) return;
    if (tries === 1) await send(call, "call.speak.ended", { status: "completed" });
    const gathered = heard(nextPress(call, payload), options);
    if (gathered.status !== "valid" && tries < triesOf(options)) continue;
    return send(call, "call.gather.ended", { ...gathered });
  }
}

// Commands come by HTTP at any time; each is taken up once.
function listen(call: FakeCall, speed: number): () => Promise<Command | "hangup"> {
  const waiting: (Command | "hangup")[] = [];
  let wake = () => {};
  call.next = (command) => {
    waiting.push(command);
    wake();
  };
  return async () => {
    if (waiting.length === 0) {
      const patience = delay((PATIENCE_SECONDS / speed) * 1000);
      await Promise.race([patience, new Promise<void>((resolve) => (wake = resolve))]);
    }
    return waiting.shift() ?? "hangup";
  };
}

async function end(
  call: FakeCall,
  { speed, send }: CourseOptions,
  { cause: hangup_cause, sip: sip_hangup_cause }: Ending,
): Promise<void> {
  call.endedAt ??= new Date();
  const start_time = call.createdAt.toISOString();
  await send(call, "call.hangup", { state: "hangup", hangup_cause, sip_hangup_cause, start_time });
  await delay((COST_SECONDS / speed) * 1000);
  const total_cost = call.answeredAt === undefined ? "0.0000" : "0.0070";
  const cost_parts = [{ call_part: "sip-trunking", cost: total_cost, currency: "USD" }];
  await send(call, "call.cost", { status: "success", total_cost, cost_parts });
}
