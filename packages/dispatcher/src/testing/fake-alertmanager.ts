import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** One silence, as Alertmanager's API shows it. */
export interface ShownSilence {
  id: string;
  matchers: { name: string; value: string; isRegex: boolean; isEqual: boolean }[];
  startsAt: string;
  endsAt: string;
  createdBy: string;
  comment: string;
  status: { state: "active" | "expired" | "pending" };
}

/** Alertmanager's silences in memory, after https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml. */
export interface FakeAlertmanager extends AsyncDisposable {
  url: string;
  silences: ShownSilence[];
  /** Statuses of the next answers, before any silence is looked at. */
  nextStatuses: number[];
  /** Header `authorization` of each request. */
  authorizations: (string | undefined)[];
  close(): Promise<void>;
}

/** True when one of the silences matches all of its labels. */
export function isSilenced(
  silences: readonly ShownSilence[],
  labels: Readonly<Record<string, string>>,
): boolean {
  return silences.some(({ matchers, status }) => {
    if (status.state !== "active") return false;
    return matchers.every(({ name, value, isRegex }) => {
      // JavaScript has no flags for a part of an expression.
      const source = isRegex ? `^(?:${value.replace("(?s:.*)", String.raw`[\s\S]*`)})$` : "";
      return isRegex ? new RegExp(source).test(labels[name] ?? "") : labels[name] === value;
    });
  });
}

/** Start Alertmanager's silences on a free port, under a path. */
export async function startFakeAlertmanager(path = "/api/v2"): Promise<FakeAlertmanager> {
  const silences: ShownSilence[] = [];
  const nextStatuses: number[] = [];
  const authorizations: (string | undefined)[] = [];
  const answer = async (request: IncomingMessage) => {
    authorizations.push(request.headers.authorization);
    const body = await text(request);
    const status = nextStatuses.shift();
    if (status !== undefined) return { status, body: '"as it was told"' };
    return answerOf({ silences, path }, request, body);
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silences,
    nextStatuses,
    authorizations,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function answerOf(
  { silences, path }: { silences: ShownSilence[]; path: string },
  { method, url = "" }: IncomingMessage,
  body: string,
): { status: number; body: string } {
  const address = new URL(url, "http://localhost");
  if (method === "DELETE") {
    const silence = silences.find(({ id }) => address.pathname === `${path}/silence/${id}`);
    if (silence) silence.status = { state: "expired" };
    return { status: silence ? 200 : 404, body: "" };
  }
  if (address.pathname !== `${path}/silences`) return { status: 404, body: '"no such path"' };
  if (method === "GET") {
    const filters = address.searchParams.getAll("filter");
    const found = silences.filter((silence) =>
      filters.every((filter) =>
        silence.matchers.some(({ name, value }) => filter === `${name}=${quoted(value)}`),
      ),
    );
    return { status: 200, body: JSON.stringify(found) };
  }
  const silence = JSON.parse(body) as Omit<ShownSilence, "id" | "status">;
  if (new Date(silence.endsAt) < new Date())
    return { status: 400, body: '"end time can\'t be in the past"' };
  const id = `silence-${silences.length + 1}`;
  silences.push({ ...silence, id, status: { state: "active" } });
  return { status: 200, body: JSON.stringify({ silenceID: id }) };
}

function quoted(value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return `"${escaped}"`;
}
