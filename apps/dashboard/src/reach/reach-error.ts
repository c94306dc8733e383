/** An action that was not sent: the server had not answered a moment before. */
export class NotSentError extends Error {
  override readonly name = "NotSentError";

  constructor() {
    super("Not done. The server did not answer. Press again.");
  }
}

/** An action that was sent and got no answer that can be read: the server may or may not have done it. */
export class AnswerLostError extends Error {
  override readonly name = "AnswerLostError";

  constructor(cause: unknown) {
    super(
      "The answer was lost: this may or may not be done. What you see is being read again; look at it before you press again.",
      { cause },
    );
  }
}
