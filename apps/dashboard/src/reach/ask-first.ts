import { AnswerLostError, NotSentError } from "./reach-error.ts";
import { reachesServer } from "./reach-server.ts";

/**
 * Fetch for actions: sent only to a server that has just answered, so that an action that fails says truly whether it was sent. Throws
 * `NotSentError` and `AnswerLostError`.
 */
export async function askFirst(url: RequestInfo | URL, init?: object): Promise<Response> {
  if (!(await reachesServer())) throw new NotSentError();
  try {
    const response = await fetch(url, init as RequestInit);
    const text = await response.text();
    // What a proxy says in the server's place is no answer of the server.
    JSON.parse(text);
    return new Response(text, response);
  } catch (error) {
    throw new AnswerLostError(error);
  }
}
