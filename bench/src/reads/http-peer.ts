import type { HttpLoad, LoadRequest } from "../http-load.ts";
import { type NodeCommand, type NodeProcess, startNode } from "../node-process.ts";
import { until } from "../until.ts";
import type { Peer } from "./peer.ts";
import type { Answer, Question } from "./workload.ts";

/** A server as a peer: how it is started, asked and understood. */
export interface HttpPeerKind {
  name: string;
  command: (place: { uri: string; port: number; redisUrl: string }) => NodeCommand;
  request: (question: Question) => LoadRequest;
  /** What an answer says, from its JSON and its headers. */
  read: (body: unknown, headers: Headers) => Answer;
}

/** What a server is started on. */
export interface HttpPeerPlace {
  uri: string;
  port: number;
  redisUrl: string;
  load: HttpLoad;
  /** Asked until it is answered. @defaultValue the list of the corpus */
  probe?: Question;
}

/** A server that is asked over HTTP. */
export interface HttpPeer extends Peer {
  process: NodeProcess;
}

/** Start a server and wait until it answers. */
export async function startHttpPeer(kind: HttpPeerKind, place: HttpPeerPlace): Promise<HttpPeer> {
  const { load, port, probe = { kind: "list" } } = place;
  const process = startNode(kind.command(place));
  const origin = `http://127.0.0.1:${port}`;
  const ask = async (question: Question): Promise<Answer> => {
    const { method, path, headers, body } = kind.request(question);
    const response = await fetch(origin + path, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${kind.name}: ${response.status} ${text.slice(0, 500)}`);
    return kind.read(JSON.parse(text), response.headers);
  };
  await until(() => ask(probe));
  return {
    name: kind.name,
    process,
    answer: ask,
    load: (questions, pressure) =>
      load.run({ origin, requests: questions.map(kind.request), ...pressure }),
    cpuSeconds: () => process.cpuSeconds(),
    residentMiB: () => process.residentMiB(),
    close: () => process.close(),
  };
}
