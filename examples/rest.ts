// REST, from any language with HTTP: place a call, then poll it until it is over.
const url = process.env["CALL_LOG_URL"] ?? "http://127.0.0.1:3000";
const apiKey = process.env["CALL_LOG_API_KEY"] ?? "";

/** Statuses of an open call. All others are final, not only `Completed`. */
const OPEN = ["Scheduled", "Queued", "Dialing", "Ringing", "In Progress", "Unknown"];
/** A call that is held as `Unknown` waits for a person, so every wait needs a limit. */
const LONGEST_WAIT_SECONDS = 120;

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/api/call-log${path}`, {
    method: "POST",
    headers: { ApiKey: apiKey, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${response.status} ${String(answer["message"])}`);
  return answer;
}

// The simulated provider answers this number; a person presses 4.
const { _id } = await post("", {
  toNumber: "+1-555-010-0100",
  say: "The database of shop.example is down.",
  idempotencyKey: `rest-example-${Date.now()}`,
});

const deadline = Date.now() + LONGEST_WAIT_SECONDS * 1000;
let call: Record<string, unknown> = { status: "Queued" };
while (OPEN.includes(String(call["status"]))) {
  if (Date.now() > deadline) throw new Error(`call ${String(_id)} was not over in time`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  call = await post(`/${String(_id)}/get-item`, {
    select: { status: true, statusMessage: true, answeredBy: true, callCostInUSDCents: true },
  });
  console.log(call["status"]);
}
console.log(call);
// Exit code: 0 when somebody was reached.
process.exitCode = call["status"] === "Completed" ? 0 : 1;
