import { reachesServer } from "./probe-server.ts";
import { AnswerLostError, NotSentError } from "./unanswered-action.ts";

/**
 * Fetch for actions: sends only after the server has answered a probe, so a failed action knows whether it was sent. Throws
 * `NotSentError` and `AnswerLostError`.
 */
export async function probedFetch(url: RequestInfo | URL, init?: object): Promise<Response> {
  if (!(await reachesServer())) throw new NotSentError();
  try {
    const response = await fetch(url, init as RequestInit);
    const text = await response.text();
    // An answer by a proxy is not an answer of the server.
    JSON.parse(text);
    return new Response(text, response);
  } catch (error) {
    throw new AnswerLostError(error);
  }
}
