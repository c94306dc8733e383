// REST: any language that speaks HTTP. Have a call placed, then follow it until it is over.
const url = process.env["CALL_LOG_URL"] ?? "http://127.0.0.1:3000";
const apiKey = process.env["CALL_LOG_API_KEY"] ?? "";

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/api/call-log${path}`, {
    method: "POST",
    headers: { ApiKey: apiKey, "Content-Type": "application/json" },
    body: JSON.stringify(body),
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

let call: Record<string, unknown> = {};
while (call["status"] !== "Completed") {
  await new Promise((resolve) => setTimeout(resolve, 500));
  call = await post(`/${String(_id)}/get-item`, {
    select: { status: true, statusMessage: true, answeredBy: true, callCostInUSDCents: true },
  });
  console.log(call["status"]);
}
console.log(call);
